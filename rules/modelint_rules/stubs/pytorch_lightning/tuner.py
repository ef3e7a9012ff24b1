from lightning.pytorch.tuner import Tuner
