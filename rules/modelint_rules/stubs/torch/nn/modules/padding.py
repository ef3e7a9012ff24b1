"""The same in both modes. Facts: insensitive layers."""

from torch.nn.modules.module import Module


# fmt: off
class ConstantPad1d(Module): pass
class ConstantPad2d(Module): pass
class ConstantPad3d(Module): pass
class ReflectionPad1d(Module): pass
class ReflectionPad2d(Module): pass
class ReflectionPad3d(Module): pass
class ReplicationPad1d(Module): pass
class ReplicationPad2d(Module): pass
class ReplicationPad3d(Module): pass
class ZeroPad1d(Module): pass
class ZeroPad2d(Module): pass
class ZeroPad3d(Module): pass
class CircularPad1d(Module): pass
class CircularPad2d(Module): pass
class CircularPad3d(Module): pass
