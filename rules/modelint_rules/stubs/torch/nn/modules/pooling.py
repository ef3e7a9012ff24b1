"""The same in both modes. Facts: insensitive layers."""

from torch.nn.modules.module import Module


# fmt: off
class MaxPool1d(Module): pass
class MaxUnpool1d(Module): pass
class AvgPool1d(Module): pass
class LPPool1d(Module): pass
class AdaptiveMaxPool1d(Module): pass
class AdaptiveAvgPool1d(Module): pass
class MaxPool2d(Module): pass
class MaxUnpool2d(Module): pass
class AvgPool2d(Module): pass
class LPPool2d(Module): pass
class AdaptiveMaxPool2d(Module): pass
class AdaptiveAvgPool2d(Module): pass
class MaxPool3d(Module): pass
class MaxUnpool3d(Module): pass
class AvgPool3d(Module): pass
class LPPool3d(Module): pass
class AdaptiveMaxPool3d(Module): pass
class AdaptiveAvgPool3d(Module): pass
class FractionalMaxPool2d(Module): pass
class FractionalMaxPool3d(Module): pass
