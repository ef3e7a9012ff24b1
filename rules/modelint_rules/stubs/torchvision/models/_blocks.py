"""What the models share. New models are in train mode, also with pretrained weights. Facts: torchvision models."""

from modelint_stub import add_layers, loaded
from torch.nn.modules.module import Module


class Layers(Module):
    """Layers that are not enumerated."""

    def __init__(self, *kinds):
        for kind in kinds:
            add_layers(self, kind)


class Normalized(Module):
    """Layers with BatchNorm, or with the normalization that was asked for instead."""

    def __init__(self, norm_layer=None):
        if norm_layer is None:
            add_layers(self, "batch_norm")
        else:
            self.norm = norm_layer(64)


def picked(*args, weights=None, pretrained=False, **kwargs):
    """Some model, by a name that is not known."""
    return restored(Layers("unknown"), weights, pretrained)


def restored(model, weights, pretrained):
    if weights or pretrained:
        loaded(model)
    return model
