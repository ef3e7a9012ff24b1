"""The tuner gives the module back as it was."""

from modelint_stub import unknown


class Tuner:
    def __init__(self, trainer):
        self.trainer = trainer

    def lr_find(self, model, *args, **kwargs):
        return unknown()

    def scale_batch_size(self, model, *args, **kwargs):
        return unknown()
