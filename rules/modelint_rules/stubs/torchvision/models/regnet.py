"""Facts: torchvision models."""

from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, restored


class RegNet(Module):
    def __init__(self, *args, num_classes=1000, **kwargs):
        self.stem = Layers("batch_norm")
        self.trunk_output = Layers("batch_norm")
        self.fc = Linear(1024, num_classes)


def regnet_x_400mf(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RegNet(**kwargs), weights, pretrained)


def regnet_x_800mf(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RegNet(**kwargs), weights, pretrained)


def regnet_x_1_6gf(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RegNet(**kwargs), weights, pretrained)


def regnet_x_3_2gf(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RegNet(**kwargs), weights, pretrained)


def regnet_x_8gf(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RegNet(**kwargs), weights, pretrained)


def regnet_x_16gf(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RegNet(**kwargs), weights, pretrained)


def regnet_x_32gf(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RegNet(**kwargs), weights, pretrained)


def regnet_y_400mf(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RegNet(**kwargs), weights, pretrained)


def regnet_y_800mf(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RegNet(**kwargs), weights, pretrained)


def regnet_y_1_6gf(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RegNet(**kwargs), weights, pretrained)


def regnet_y_3_2gf(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RegNet(**kwargs), weights, pretrained)


def regnet_y_8gf(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RegNet(**kwargs), weights, pretrained)


def regnet_y_16gf(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RegNet(**kwargs), weights, pretrained)


def regnet_y_32gf(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RegNet(**kwargs), weights, pretrained)


def regnet_y_128gf(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RegNet(**kwargs), weights, pretrained)
