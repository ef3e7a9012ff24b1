from lightning.pytorch.trainer import Trainer
