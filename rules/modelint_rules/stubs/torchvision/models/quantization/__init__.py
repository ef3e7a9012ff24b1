"""Facts: torchvision models."""

from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, picked, restored


class _QuantizableModel(Module):
    def __init__(self, *kinds):
        self.layers = Layers(*kinds)


def resnet18(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_QuantizableModel("batch_norm"), weights, pretrained)


def resnet50(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_QuantizableModel("batch_norm"), weights, pretrained)


def resnext101_32x8d(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_QuantizableModel("batch_norm"), weights, pretrained)


def resnext101_64x4d(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_QuantizableModel("batch_norm"), weights, pretrained)


def shufflenet_v2_x0_5(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_QuantizableModel("batch_norm"), weights, pretrained)


def shufflenet_v2_x1_0(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_QuantizableModel("batch_norm"), weights, pretrained)


def shufflenet_v2_x1_5(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_QuantizableModel("batch_norm"), weights, pretrained)


def shufflenet_v2_x2_0(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_QuantizableModel("batch_norm"), weights, pretrained)


def mobilenet_v2(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_QuantizableModel("batch_norm", "dropout"), weights, pretrained)


def mobilenet_v3_large(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_QuantizableModel("batch_norm", "dropout"), weights, pretrained)


def googlenet(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_QuantizableModel("batch_norm", "dropout"), weights, pretrained)


def inception_v3(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_QuantizableModel("batch_norm", "dropout"), weights, pretrained)


__modelint_picked__ = picked
