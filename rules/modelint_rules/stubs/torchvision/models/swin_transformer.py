"""Facts: torchvision models."""

from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, restored


class SwinTransformer(Module):
    def __init__(self, *args, num_classes=1000, **kwargs):
        self.features = Layers("dropout")
        self.head = Linear(768, num_classes)


def swin_t(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(SwinTransformer(**kwargs), weights, pretrained)


def swin_s(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(SwinTransformer(**kwargs), weights, pretrained)


def swin_b(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(SwinTransformer(**kwargs), weights, pretrained)


def swin_v2_t(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(SwinTransformer(**kwargs), weights, pretrained)


def swin_v2_s(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(SwinTransformer(**kwargs), weights, pretrained)


def swin_v2_b(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(SwinTransformer(**kwargs), weights, pretrained)
