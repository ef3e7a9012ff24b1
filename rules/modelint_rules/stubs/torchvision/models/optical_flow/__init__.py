"""Facts: torchvision models."""

from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, picked, restored


class RAFT(Module):
    def __init__(self, *kinds):
        self.layers = Layers(*kinds)


def raft_large(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RAFT("batch_norm"), weights, pretrained)


def raft_small(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(RAFT(), weights, pretrained)


__modelint_picked__ = picked
