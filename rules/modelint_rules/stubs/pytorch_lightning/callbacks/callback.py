from lightning.pytorch.callbacks import Callback
