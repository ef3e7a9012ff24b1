"""Facts: torchvision models."""

from torch.nn.modules.container import Sequential
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, restored


class EfficientNet(Module):
    def __init__(self, *args, dropout=0.2, num_classes=1000, **kwargs):
        self.features = Layers("batch_norm", "dropout")
        self.classifier = Sequential(Dropout(dropout), Linear(1280, num_classes))


def efficientnet_b0(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(EfficientNet(**kwargs), weights, pretrained)


def efficientnet_b1(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(EfficientNet(**kwargs), weights, pretrained)


def efficientnet_b2(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(EfficientNet(**kwargs), weights, pretrained)


def efficientnet_b3(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(EfficientNet(**kwargs), weights, pretrained)


def efficientnet_b4(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(EfficientNet(**kwargs), weights, pretrained)


def efficientnet_b5(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(EfficientNet(**kwargs), weights, pretrained)


def efficientnet_b6(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(EfficientNet(**kwargs), weights, pretrained)


def efficientnet_b7(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(EfficientNet(**kwargs), weights, pretrained)


def efficientnet_v2_s(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(EfficientNet(**kwargs), weights, pretrained)


def efficientnet_v2_m(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(EfficientNet(**kwargs), weights, pretrained)


def efficientnet_v2_l(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(EfficientNet(**kwargs), weights, pretrained)
