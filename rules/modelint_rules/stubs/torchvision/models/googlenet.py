"""Facts: torchvision models."""

from torch.nn.modules.dropout import Dropout
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, restored


class GoogLeNet(Module):
    def __init__(self, num_classes=1000, *args, dropout=0.2, **kwargs):
        self.layers = Layers("batch_norm")
        self.dropout = Dropout(dropout)
        self.fc = Linear(1024, num_classes)


def googlenet(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(GoogLeNet(**kwargs), weights, pretrained)
