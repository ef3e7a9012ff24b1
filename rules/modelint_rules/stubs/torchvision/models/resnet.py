"""Facts: torchvision models."""

from torch.nn.modules.batchnorm import BatchNorm2d
from torch.nn.modules.conv import Conv2d
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torchvision.models._blocks import Normalized, restored


class BasicBlock(Module):
    expansion = 1

    def __init__(
        self, inplanes, planes, stride=1, downsample=None, groups=1, base_width=64, dilation=1, norm_layer=BatchNorm2d
    ):
        self.bn1 = norm_layer(planes)
        self.downsample = downsample


class Bottleneck(BasicBlock):
    expansion = 4


class ResNet(Module):
    def __init__(
        self, block=None, layers=(), num_classes=1000, zero_init_residual=False, groups=1, width_per_group=64,
        replace_stride_with_dilation=None, norm_layer=None, **kwargs,
    ):  # fmt: skip
        self.conv1 = Conv2d(3, 64, 7)
        self.bn1 = Normalized(norm_layer)
        self.layer1 = Normalized(norm_layer)
        self.layer2 = Normalized(norm_layer)
        self.layer3 = Normalized(norm_layer)
        self.layer4 = Normalized(norm_layer)
        self.fc = Linear(512, num_classes)

    def _make_layer(self, *args, **kwargs):
        return Normalized()


def resnet18(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ResNet(**kwargs), weights, pretrained)


def resnet34(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ResNet(**kwargs), weights, pretrained)


def resnet50(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ResNet(**kwargs), weights, pretrained)


def resnet101(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ResNet(**kwargs), weights, pretrained)


def resnet152(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ResNet(**kwargs), weights, pretrained)


def resnext50_32x4d(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ResNet(**kwargs), weights, pretrained)


def resnext101_32x8d(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ResNet(**kwargs), weights, pretrained)


def resnext101_64x4d(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ResNet(**kwargs), weights, pretrained)


def wide_resnet50_2(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ResNet(**kwargs), weights, pretrained)


def wide_resnet101_2(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ResNet(**kwargs), weights, pretrained)
