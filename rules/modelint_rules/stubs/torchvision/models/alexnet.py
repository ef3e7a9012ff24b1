"""Facts: torchvision models."""

from torch.nn.modules.activation import ReLU
from torch.nn.modules.container import Sequential
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, restored


class AlexNet(Module):
    def __init__(self, num_classes=1000, dropout=0.5):
        self.features = Layers()
        self.classifier = Sequential(
            Dropout(dropout),
            Linear(9216, 4096),
            ReLU(),
            Dropout(dropout),
            Linear(4096, 4096),
            ReLU(),
            Linear(4096, num_classes),
        )


def alexnet(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(AlexNet(**kwargs), weights, pretrained)
