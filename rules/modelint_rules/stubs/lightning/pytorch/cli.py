"""The command line makes the module and, unless told otherwise, fits it."""

from lightning.pytorch.trainer import Trainer
from modelint_stub import unknown


class LightningCLI:
    def __init__(self, model_class=None, datamodule_class=None, *args, run=True, **kwargs):
        self.model = unknown() if model_class is None else model_class()
        self.datamodule = unknown() if datamodule_class is None else datamodule_class()
        self.trainer = Trainer()
        if run:
            self.trainer.fit(self.model)
