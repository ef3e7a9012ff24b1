"""Facts: torchvision models."""

from torch.nn.modules.activation import ReLU
from torch.nn.modules.container import Sequential
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, restored


class VGG(Module):
    def __init__(self, features=None, num_classes=1000, init_weights=True, dropout=0.5):
        self.features = features
        self.classifier = Sequential(
            Linear(25088, 4096),
            ReLU(),
            Dropout(dropout),
            Linear(4096, 4096),
            ReLU(),
            Dropout(dropout),
            Linear(4096, num_classes),
        )


def vgg11(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(VGG(Layers(), **kwargs), weights, pretrained)


def vgg13(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(VGG(Layers(), **kwargs), weights, pretrained)


def vgg16(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(VGG(Layers(), **kwargs), weights, pretrained)


def vgg19(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(VGG(Layers(), **kwargs), weights, pretrained)


def vgg11_bn(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(VGG(Layers("batch_norm"), **kwargs), weights, pretrained)


def vgg13_bn(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(VGG(Layers("batch_norm"), **kwargs), weights, pretrained)


def vgg16_bn(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(VGG(Layers("batch_norm"), **kwargs), weights, pretrained)


def vgg19_bn(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(VGG(Layers("batch_norm"), **kwargs), weights, pretrained)
