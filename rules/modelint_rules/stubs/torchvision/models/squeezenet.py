"""Facts: torchvision models."""

from torch.nn.modules.activation import ReLU
from torch.nn.modules.container import Sequential
from torch.nn.modules.conv import Conv2d
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.module import Module
from torch.nn.modules.pooling import AdaptiveAvgPool2d
from torchvision.models._blocks import Layers, restored


class SqueezeNet(Module):
    def __init__(self, version=None, num_classes=1000, dropout=0.5):
        self.features = Layers()
        self.classifier = Sequential(Dropout(dropout), Conv2d(512, num_classes, 1), ReLU(), AdaptiveAvgPool2d(1))


def squeezenet1_0(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(SqueezeNet(**kwargs), weights, pretrained)


def squeezenet1_1(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(SqueezeNet(**kwargs), weights, pretrained)
