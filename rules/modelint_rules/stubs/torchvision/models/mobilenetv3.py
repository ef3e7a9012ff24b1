"""Facts: torchvision models."""

from torch.nn.modules.activation import Hardswish
from torch.nn.modules.container import Sequential
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, restored


class MobileNetV3(Module):
    def __init__(self, *args, num_classes=1000, dropout=0.2, **kwargs):
        self.features = Layers("batch_norm")
        self.classifier = Sequential(Linear(960, 1280), Hardswish(), Dropout(dropout), Linear(1280, num_classes))


def mobilenet_v3_large(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(MobileNetV3(**kwargs), weights, pretrained)


def mobilenet_v3_small(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(MobileNetV3(**kwargs), weights, pretrained)
