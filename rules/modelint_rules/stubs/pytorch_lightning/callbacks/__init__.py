from lightning.pytorch.callbacks import Callback, __getattr__
