"""The same in both modes. Facts: insensitive layers."""

from torch.nn.modules.module import Module


# fmt: off
class _ConvNd(Module): pass
class Conv1d(_ConvNd): pass
class Conv2d(_ConvNd): pass
class Conv3d(_ConvNd): pass
class _ConvTransposeNd(_ConvNd): pass
class ConvTranspose1d(_ConvTransposeNd): pass
class ConvTranspose2d(_ConvTransposeNd): pass
class ConvTranspose3d(_ConvTransposeNd): pass
class LazyConv1d(Conv1d): pass
class LazyConvTranspose1d(ConvTranspose1d): pass
class LazyConv2d(Conv2d): pass
class LazyConvTranspose2d(ConvTranspose2d): pass
class LazyConv3d(Conv3d): pass
class LazyConvTranspose3d(ConvTranspose3d): pass
