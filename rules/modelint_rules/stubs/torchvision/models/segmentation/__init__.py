"""Facts: torchvision models."""

from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, picked, restored


class _SimpleSegmentationModel(Module):
    def __init__(self, backbone=None, classifier=None, aux_classifier=None):
        self.backbone = backbone or Layers("batch_norm")
        self.classifier = classifier or Layers("batch_norm", "dropout")
        self.aux_classifier = aux_classifier


class FCN(_SimpleSegmentationModel): pass  # fmt: skip


class DeepLabV3(_SimpleSegmentationModel): pass  # fmt: skip


class LRASPP(_SimpleSegmentationModel): pass  # fmt: skip


def fcn_resnet50(
    weights=None, progress=True, num_classes=None, aux_loss=None, weights_backbone=None, pretrained=False, **kwargs
):
    return restored(FCN(), weights, pretrained)


def fcn_resnet101(
    weights=None, progress=True, num_classes=None, aux_loss=None, weights_backbone=None, pretrained=False, **kwargs
):
    return restored(FCN(), weights, pretrained)


def deeplabv3_resnet50(
    weights=None, progress=True, num_classes=None, aux_loss=None, weights_backbone=None, pretrained=False, **kwargs
):
    return restored(DeepLabV3(), weights, pretrained)


def deeplabv3_resnet101(
    weights=None, progress=True, num_classes=None, aux_loss=None, weights_backbone=None, pretrained=False, **kwargs
):
    return restored(DeepLabV3(), weights, pretrained)


def deeplabv3_mobilenet_v3_large(
    weights=None, progress=True, num_classes=None, aux_loss=None, weights_backbone=None, pretrained=False, **kwargs
):
    return restored(DeepLabV3(), weights, pretrained)


def lraspp_mobilenet_v3_large(
    weights=None, progress=True, num_classes=None, aux_loss=None, weights_backbone=None, pretrained=False, **kwargs
):
    return restored(LRASPP(classifier=Layers("batch_norm")), weights, pretrained)


__modelint_picked__ = picked
