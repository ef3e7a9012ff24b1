"""The same in both modes. Facts: insensitive layers."""

from torch.nn.modules.module import Module


# fmt: off
class Identity(Module): pass
class Linear(Module): pass
class Bilinear(Module): pass
class NonDynamicallyQuantizableLinear(Linear): pass
class LazyLinear(Linear): pass
