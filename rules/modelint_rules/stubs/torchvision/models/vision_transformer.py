"""Facts: torchvision models."""

from torch.nn.modules.container import Sequential
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, restored


class VisionTransformer(Module):
    def __init__(self, *args, dropout=0.0, attention_dropout=0.0, num_classes=1000, **kwargs):
        self.encoder = Layers()
        if dropout > 0 or attention_dropout > 0:
            self.encoder = Layers("dropout")
        self.heads = Sequential(Linear(768, num_classes))


def vit_b_16(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(VisionTransformer(**kwargs), weights, pretrained)


def vit_b_32(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(VisionTransformer(**kwargs), weights, pretrained)


def vit_l_16(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(VisionTransformer(**kwargs), weights, pretrained)


def vit_l_32(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(VisionTransformer(**kwargs), weights, pretrained)


def vit_h_14(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(VisionTransformer(**kwargs), weights, pretrained)
