"""Facts: learners of fastai."""

from modelint_stub import loaded
from torch import nn
from torchvision.models._blocks import Layers


class XResNet(nn.Sequential):
    def __init__(self, *args, p=0.0, pretrained=False, **kwargs):
        super().__init__(Layers("batch_norm"), nn.Dropout(p), nn.Linear(512, 1000))
        if pretrained:
            loaded(self)


xresnet18 = xresnet34 = xresnet50 = xresnet101 = xresnet152 = XResNet
xresnet18_deep = xresnet34_deep = xresnet50_deep = xresnet18_deeper = xresnet34_deeper = xresnet50_deeper = XResNet
