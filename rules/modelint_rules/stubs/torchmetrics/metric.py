"""`forward` gives the value of a batch with its graph; what is accumulated has none. Facts: torchmetrics."""

from modelint_stub import copy, data, sink, unknown
from torch.nn.modules.module import Module


class Metric(Module):
    def __init__(self, *args, **kwargs):
        super().__init__()

    def add_state(self, name, default, *args, **kwargs):
        setattr(self, name, unknown())

    def forward(self, *args, **kwargs):
        self.update(*args, **kwargs)
        sink(*args, *kwargs.values())
        return data(*args, *kwargs.values())

    def update(self, *args, **kwargs):
        sink(*args, *kwargs.values())

    def compute(self):
        return unknown()

    def clone(self):
        return copy(self)

    def set_dtype(self, *args, **kwargs):
        return self

    def _same(self, *args, **kwargs):
        """Leaves the modes as they are."""
        return unknown()

    reset = persistent = plot = sync = unsync = sync_context = merge_state = _same
