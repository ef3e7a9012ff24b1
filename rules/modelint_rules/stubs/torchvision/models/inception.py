"""Facts: torchvision models."""

from torch.nn.modules.dropout import Dropout
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, restored


class Inception3(Module):
    def __init__(self, num_classes=1000, aux_logits=True, *args, dropout=0.5, **kwargs):
        self.layers = Layers("batch_norm")
        if aux_logits:
            self.AuxLogits = AuxLogits(num_classes)
        self.dropout = Dropout(dropout)
        self.fc = Linear(2048, num_classes)


class AuxLogits(Module):
    def __init__(self, num_classes):
        self.conv0 = Layers("batch_norm")
        self.fc = Linear(768, num_classes)


def inception_v3(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(Inception3(**kwargs), weights, pretrained)
