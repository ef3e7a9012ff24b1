"""Only batch statistics that are kept tell the modes apart. Facts: layers of torch_geometric."""

from modelint_stub import add_layers, copy, known, sensitive
from torch.nn.modules.batchnorm import BatchNorm1d
from torch.nn.modules.linear import Identity
from torch.nn.modules.module import Module


class BatchNorm(Module):
    def __init__(self, in_channels, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, *args, **kwargs):
        self.module = BatchNorm1d(in_channels, eps, momentum, affine, track_running_stats)


class HeteroBatchNorm(Module):
    def __init__(
        self, in_channels, num_types, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, *args, **kwargs
    ):  # fmt: skip
        if track_running_stats:
            sensitive(self, "batch_norm")


class InstanceNorm(Module):
    def __init__(self, in_channels, eps=1e-5, momentum=0.1, affine=False, track_running_stats=False, *args, **kwargs):
        if track_running_stats:
            sensitive(self, "batch_norm")


class DiffGroupNorm(Module):
    def __init__(
        self, in_channels, groups, lamda=0.01, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, *args, **kwargs
    ):  # fmt: skip
        self.norm = BatchNorm1d(in_channels * groups, eps, momentum, affine, track_running_stats)


# fmt: off
class LayerNorm(Module): pass
class HeteroLayerNorm(Module): pass
class GraphNorm(Module): pass
class GraphSizeNorm(Module): pass
class PairNorm(Module): pass
class MeanSubtractionNorm(Module): pass
class MessageNorm(Module): pass
# fmt: on


class _Named(Module):
    """A layer of a name such as `"batch_norm"` or `"BatchNorm"`."""

    def __init__(self, norm, settings):
        if settings is not None or not known(norm):
            add_layers(self, "unknown")
        elif norm.startswith(("batch", "Batch", "diff", "Diff", "hetero_batch", "HeteroBatch")):
            add_layers(self, "batch_norm")


def _normalization(norm, settings=None):
    if norm is None:
        return Identity()
    return copy(norm) if isinstance(norm, Module) else _Named(norm, settings)
