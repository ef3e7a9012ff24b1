"""Facts: torchvision models."""

from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, restored


class DenseNet(Module):
    def __init__(self, *args, drop_rate=0, num_classes=1000, **kwargs):
        self.features = Layers("batch_norm")
        if drop_rate > 0:
            self.dropout = Layers("dropout")
        self.classifier = Linear(1024, num_classes)


def densenet121(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(DenseNet(**kwargs), weights, pretrained)


def densenet161(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(DenseNet(**kwargs), weights, pretrained)


def densenet169(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(DenseNet(**kwargs), weights, pretrained)


def densenet201(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(DenseNet(**kwargs), weights, pretrained)
