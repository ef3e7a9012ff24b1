from lightning.pytorch.core import LightningDataModule
from lightning.pytorch.core import LightningModule as _LightningModule


class LightningModule(_LightningModule):
    def __modelint_client__(self):
        from pytorch_lightning.trainer import Trainer

        Trainer().fit(self)
