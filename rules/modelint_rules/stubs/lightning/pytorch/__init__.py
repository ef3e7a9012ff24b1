"""Lightning: one implementation for both of its names; `pytorch_lightning` differs in the version it asks for."""

from lightning.pytorch import callbacks, cli, tuner
from lightning.pytorch.callbacks import Callback
from lightning.pytorch.core import LightningDataModule, LightningModule
from lightning.pytorch.trainer import Trainer
from lightning.pytorch.utilities import seed_everything
