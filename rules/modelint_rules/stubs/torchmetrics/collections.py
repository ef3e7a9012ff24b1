"""Facts: torchmetrics."""

from modelint_stub import copy, data, sink, unknown
from torch.nn.modules.module import Module


class MetricCollection(Module):
    def __init__(self, metrics=None, *additional, **kwargs):
        super().__init__()
        self._modules = metrics if isinstance(metrics, (dict, list)) else [metrics, *additional]

    def forward(self, *args, **kwargs):
        self.update(*args, **kwargs)
        return {unknown(): data(*args, *kwargs.values())}

    def update(self, *args, **kwargs):
        sink(*args, *kwargs.values())

    def compute(self):
        return unknown()

    def clone(self, *args, **kwargs):
        return copy(self)

    def __getitem__(self, key):
        return self._modules[key]

    def _same(self, *args, **kwargs):
        """Leaves the modes as they are."""
        return unknown()

    reset = persistent = plot = add_metrics = keys = values = items = _same
