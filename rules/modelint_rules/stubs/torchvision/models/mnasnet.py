"""Facts: torchvision models."""

from torch.nn.modules.container import Sequential
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, restored


class MNASNet(Module):
    def __init__(self, alpha=1.0, num_classes=1000, dropout=0.2):
        self.layers = Layers("batch_norm")
        self.classifier = Sequential(Dropout(dropout), Linear(1280, num_classes))


def mnasnet0_5(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(MNASNet(**kwargs), weights, pretrained)


def mnasnet0_75(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(MNASNet(**kwargs), weights, pretrained)


def mnasnet1_0(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(MNASNet(**kwargs), weights, pretrained)


def mnasnet1_3(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(MNASNet(**kwargs), weights, pretrained)
