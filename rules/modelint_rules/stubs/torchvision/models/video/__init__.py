"""Facts: torchvision models."""

from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, picked, restored


class _VideoModel(Module):
    def __init__(self, *kinds):
        self.layers = Layers(*kinds)


def r3d_18(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_VideoModel("batch_norm"), weights, pretrained)


def mc3_18(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_VideoModel("batch_norm"), weights, pretrained)


def r2plus1d_18(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_VideoModel("batch_norm"), weights, pretrained)


def s3d(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_VideoModel("batch_norm", "dropout"), weights, pretrained)


def mvit_v1_b(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_VideoModel("dropout"), weights, pretrained)


def mvit_v2_s(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_VideoModel("dropout"), weights, pretrained)


def swin3d_t(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_VideoModel("dropout"), weights, pretrained)


def swin3d_s(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_VideoModel("dropout"), weights, pretrained)


def swin3d_b(weights=None, progress=True, pretrained=False, **kwargs):
    return restored(_VideoModel("dropout"), weights, pretrained)


__modelint_picked__ = picked
