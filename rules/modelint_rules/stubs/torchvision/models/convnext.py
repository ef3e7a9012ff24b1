"""Facts: torchvision models."""

from torch.nn.modules.container import Sequential
from torch.nn.modules.linear import Linear
from torch.nn.modules.shape import Flatten
from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, restored


class ConvNeXt(Module):
    def __init__(self, *args, num_classes=1000, **kwargs):
        self.features = Layers("dropout")
        self.classifier = Sequential(Layers(), Flatten(), Linear(768, num_classes))


def convnext_tiny(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ConvNeXt(**kwargs), weights, pretrained)


def convnext_small(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ConvNeXt(**kwargs), weights, pretrained)


def convnext_base(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ConvNeXt(**kwargs), weights, pretrained)


def convnext_large(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ConvNeXt(**kwargs), weights, pretrained)
