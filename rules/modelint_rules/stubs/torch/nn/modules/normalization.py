"""The same in both modes. Facts: insensitive layers."""

from torch.nn.modules.module import Module


# fmt: off
class LocalResponseNorm(Module): pass
class CrossMapLRN2d(Module): pass
class LayerNorm(Module): pass
class GroupNorm(Module): pass
class RMSNorm(Module): pass
