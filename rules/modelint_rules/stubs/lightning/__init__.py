from lightning.fabric import Fabric, seed_everything
from lightning.pytorch.callbacks import Callback
from lightning.pytorch.core import LightningDataModule, LightningModule
from lightning.pytorch.trainer import Trainer
