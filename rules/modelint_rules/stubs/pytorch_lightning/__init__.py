"""The same implementation as `lightning.pytorch`, by the version of this name."""

from pytorch_lightning import callbacks, cli, tuner
from lightning.pytorch.callbacks import Callback
from pytorch_lightning.core import LightningDataModule, LightningModule
from lightning.pytorch.utilities import seed_everything
from pytorch_lightning.trainer import Trainer
