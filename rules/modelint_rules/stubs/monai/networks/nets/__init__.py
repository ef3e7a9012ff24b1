"""Networks whose normalization and dropout are chosen by arguments. Facts: monai. A network that is not here is unknown."""

import functools

from modelint_stub import add_layers, known
from torch.nn.modules.module import Module


class _Network(Module):
    def _normalized(self, norm):
        """By a name, in any case, or by a pair of a name and settings."""
        name = norm[0] if isinstance(norm, (tuple, list)) else norm
        if not known(name):
            add_layers(self, "unknown")
        elif name.startswith(("batch", "BATCH", "Batch", "syncbatch", "SYNCBATCH", "SyncBatch")):
            add_layers(self, "batch_norm")

    def _dropped(self, *rates):
        for rate in rates:
            if rate is not None:
                if isinstance(rate, (tuple, list)):
                    add_layers(self, "dropout")
                elif rate > 0:
                    add_layers(self, "dropout")


class UNet(_Network):
    def __init__(
        self, spatial_dims, in_channels, out_channels, channels, strides, kernel_size=3, up_kernel_size=3, num_res_units=0,
        act="PRELU", norm="INSTANCE", dropout=0.0, *args, **kwargs,
    ):  # fmt: skip
        self._normalized(norm)
        self._dropped(dropout)


class AttentionUnet(_Network):
    def __init__(
        self, spatial_dims, in_channels, out_channels, channels, strides, kernel_size=3, up_kernel_size=3, dropout=0.0
    ):  # fmt: skip
        add_layers(self, "batch_norm")
        self._dropped(dropout)


class BasicUNet(_Network):
    def __init__(
        self, spatial_dims=3, in_channels=1, out_channels=2, features=None, act="LeakyReLU", norm="instance", bias=True,
        dropout=0.0, *args, **kwargs,
    ):  # fmt: skip
        self._normalized(norm)
        self._dropped(dropout)


class SegResNet(_Network):
    def __init__(
        self, spatial_dims=3, init_filters=8, in_channels=1, out_channels=2, dropout_prob=None, act="RELU", norm="GROUP", *args,
        **kwargs,
    ):  # fmt: skip
        self._normalized(norm)
        self._dropped(dropout_prob)


class VNet(_Network):
    def __init__(self, *args, dropout_prob_down=0.5, dropout_prob_up=(0.5, 0.5), **kwargs):
        add_layers(self, "batch_norm")
        self._dropped(dropout_prob_down, *dropout_prob_up)


class UNETR(_Network):
    def __init__(self, in_channels, out_channels, img_size, *args, norm_name="instance", dropout_rate=0.0, **kwargs):
        if args:
            add_layers(self, "unknown")
        self._normalized(norm_name)
        self._dropped(dropout_rate)


class DenseNet(_Network):
    def __init__(self, *args, norm="batch", dropout_prob=0.0, **kwargs):
        self._normalized(norm)
        self._dropped(dropout_prob)


# fmt: off
class DenseNet121(DenseNet): pass
class DenseNet169(DenseNet): pass
class DenseNet201(DenseNet): pass
class DenseNet264(DenseNet): pass
# fmt: on


class ResNet(_Network):
    def __init__(self, *args, norm="batch", **kwargs):
        self._normalized(norm)


def _resnet(name, pretrained=False, *args, **kwargs):
    return ResNet(**kwargs)


resnet10 = functools.partial(_resnet, "resnet10")
resnet18 = functools.partial(_resnet, "resnet18")
resnet34 = functools.partial(_resnet, "resnet34")
resnet50 = functools.partial(_resnet, "resnet50")
resnet101 = functools.partial(_resnet, "resnet101")


class EfficientNetBN(_Network):
    def __init__(self, *args, **kwargs):
        add_layers(self, "batch_norm", "dropout")


class ViT(_Network):
    def __init__(self, in_channels, img_size, patch_size, *args, dropout_rate=0.0, **kwargs):
        if args:
            add_layers(self, "unknown")
        self._dropped(dropout_rate)


class HighResNet(_Network):
    def __init__(self, *args, norm_type="batch", dropout_prob=0.0, **kwargs):
        self._normalized(norm_type)
        self._dropped(dropout_prob)


Unet = UNet
BasicUnet = Basicunet = BasicUNet
