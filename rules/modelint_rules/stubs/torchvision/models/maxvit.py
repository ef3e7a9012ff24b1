"""Facts: torchvision models."""

from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, restored


class MaxVit(Module):
    def __init__(self, **kwargs):
        self.stem = Layers("batch_norm")
        self.blocks = Layers("batch_norm", "dropout")
        self.classifier = Layers()


def maxvit_t(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(MaxVit(**kwargs), weights, pretrained)
