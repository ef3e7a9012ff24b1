"""Fact: torchvision feature extraction."""

from torch.nn.modules.module import Module


class IntermediateLayerGetter(Module):
    """A new root in train mode over parts that keep their modes."""

    def __init__(self, model, return_layers):
        self.layers = model
