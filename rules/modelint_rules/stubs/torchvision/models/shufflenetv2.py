"""Facts: torchvision models."""

from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, restored


class ShuffleNetV2(Module):
    def __init__(self, *args, num_classes=1000, **kwargs):
        self.layers = Layers("batch_norm")
        self.fc = Linear(1024, num_classes)


def shufflenet_v2_x0_5(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ShuffleNetV2(**kwargs), weights, pretrained)


def shufflenet_v2_x1_0(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ShuffleNetV2(**kwargs), weights, pretrained)


def shufflenet_v2_x1_5(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ShuffleNetV2(**kwargs), weights, pretrained)


def shufflenet_v2_x2_0(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(ShuffleNetV2(**kwargs), weights, pretrained)
