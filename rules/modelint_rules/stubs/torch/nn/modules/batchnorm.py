"""Without running statistics the batch's own are used in both modes. Facts: sensitive layers."""

from modelint_stub import sensitive
from torch.nn.modules.module import Module


class _NormBase(Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, *args, **kwargs):
        if track_running_stats:
            sensitive(self, "batch_norm")


# fmt: off
class _BatchNorm(_NormBase): pass
class BatchNorm1d(_BatchNorm): pass
class BatchNorm2d(_BatchNorm): pass
class BatchNorm3d(_BatchNorm): pass
# fmt: on


class SyncBatchNorm(_BatchNorm):
    @classmethod
    def convert_sync_batchnorm(cls, module, *args, **kwargs):
        """Replaces the layers in place, each in the mode of the one it replaces."""
        return module


class _LazyNormBase(_NormBase):
    def __init__(self, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, *args, **kwargs):
        if track_running_stats:
            sensitive(self, "batch_norm")


# fmt: off
class LazyBatchNorm1d(_LazyNormBase, _BatchNorm): pass
class LazyBatchNorm2d(_LazyNormBase, _BatchNorm): pass
class LazyBatchNorm3d(_LazyNormBase, _BatchNorm): pass
