"""Facts: sensitive layers."""

from modelint_stub import sensitive
from torch.nn.modules.batchnorm import _LazyNormBase, _NormBase


class _InstanceNorm(_NormBase):
    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=False, track_running_stats=False, *args, **kwargs):
        if track_running_stats:
            sensitive(self, "batch_norm")


# fmt: off
class InstanceNorm1d(_InstanceNorm): pass
class InstanceNorm2d(_InstanceNorm): pass
class InstanceNorm3d(_InstanceNorm): pass


# The lazy ones track running statistics by default, unlike the others.
class LazyInstanceNorm1d(_LazyNormBase, _InstanceNorm): pass
class LazyInstanceNorm2d(_LazyNormBase, _InstanceNorm): pass
class LazyInstanceNorm3d(_LazyNormBase, _InstanceNorm): pass
