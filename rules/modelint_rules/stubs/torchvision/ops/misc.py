"""Fact: torchvision operations."""

from torch.nn.modules.batchnorm import BatchNorm2d, BatchNorm3d
from torch.nn.modules.container import Sequential
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.module import Module


class FrozenBatchNorm2d(Module):
    """No running statistics that move, and no subclass of BatchNorm."""


class SqueezeExcitation(Module): pass  # fmt: skip


class Permute(Module): pass  # fmt: skip


class Conv2dNormActivation(Sequential):
    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size=3,
        stride=1,
        padding=None,
        groups=1,
        norm_layer=BatchNorm2d,
        *args,
        **kwargs,
    ):
        super().__init__(Module())
        if norm_layer is not None:
            self.append(norm_layer(out_channels))


ConvNormActivation = Conv2dNormActivation


class Conv3dNormActivation(Conv2dNormActivation):
    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size=3,
        stride=1,
        padding=None,
        groups=1,
        norm_layer=BatchNorm3d,
        *args,
        **kwargs,
    ):
        super().__init__(in_channels, out_channels, norm_layer=norm_layer)


class MLP(Sequential):
    def __init__(
        self, in_channels, hidden_channels, norm_layer=None, activation_layer=None, inplace=None, bias=True, dropout=0.0
    ):
        super().__init__(Module(), Dropout(dropout))
        if norm_layer is not None:
            self.append(norm_layer(in_channels))
