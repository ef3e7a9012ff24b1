"""Facts: torchvision models."""

from torch.nn.modules.container import Sequential
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, restored


class MobileNetV2(Module):
    def __init__(self, num_classes=1000, *args, dropout=0.2, **kwargs):
        self.features = Layers("batch_norm")
        self.classifier = Sequential(Dropout(dropout), Linear(1280, num_classes))


def mobilenet_v2(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(MobileNetV2(**kwargs), weights, pretrained)
