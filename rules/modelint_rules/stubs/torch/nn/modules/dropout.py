"""Facts: sensitive layers."""

from modelint_stub import sensitive
from torch.nn.modules.module import Module


class _DropoutNd(Module):
    def __init__(self, p=0.5, inplace=False):
        self.p = p
        if p > 0:
            sensitive(self, "dropout")


# fmt: off
class Dropout(_DropoutNd): pass
class Dropout1d(_DropoutNd): pass
class Dropout2d(_DropoutNd): pass
class Dropout3d(_DropoutNd): pass
class AlphaDropout(_DropoutNd): pass
class FeatureAlphaDropout(_DropoutNd): pass
