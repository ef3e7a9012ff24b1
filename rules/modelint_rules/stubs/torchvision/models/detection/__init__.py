"""In train mode the models want targets and return losses. A pretrained backbone has frozen BatchNorm. Facts: torchvision detection."""

from modelint_stub import sensitive
from torch.nn.modules.module import Module
from torchvision.models._blocks import Layers, picked, restored


class GeneralizedRCNN(Module):
    def __init__(self, backbone=None, *args, **kwargs):
        sensitive(self, "other")
        self.backbone = backbone
        self.rpn = Layers("other")
        self.roi_heads = Layers("other")


class FasterRCNN(GeneralizedRCNN): pass  # fmt: skip


class MaskRCNN(FasterRCNN): pass  # fmt: skip


class KeypointRCNN(FasterRCNN): pass  # fmt: skip


class RetinaNet(Module):
    def __init__(self, backbone=None, *args, **kwargs):
        sensitive(self, "other")
        self.backbone = backbone


class FCOS(RetinaNet): pass  # fmt: skip


class SSD(RetinaNet): pass  # fmt: skip


def _backbone(*weights):
    for weight in weights:
        if weight:
            return Layers()
    return Layers("batch_norm")


def fasterrcnn_resnet50_fpn(
    weights=None, progress=True, num_classes=None, weights_backbone="DEFAULT", pretrained=False, **kwargs
):
    return restored(FasterRCNN(_backbone(weights, weights_backbone, pretrained)), weights, pretrained)


def fasterrcnn_mobilenet_v3_large_fpn(
    weights=None, progress=True, num_classes=None, weights_backbone="DEFAULT", pretrained=False, **kwargs
):
    return restored(FasterRCNN(_backbone(weights, weights_backbone, pretrained)), weights, pretrained)


def fasterrcnn_mobilenet_v3_large_320_fpn(
    weights=None, progress=True, num_classes=None, weights_backbone="DEFAULT", pretrained=False, **kwargs
):
    return restored(FasterRCNN(_backbone(weights, weights_backbone, pretrained)), weights, pretrained)


def fasterrcnn_resnet50_fpn_v2(
    weights=None, progress=True, num_classes=None, weights_backbone="DEFAULT", pretrained=False, **kwargs
):
    return restored(FasterRCNN(Layers("batch_norm")), weights, pretrained)


def maskrcnn_resnet50_fpn(
    weights=None, progress=True, num_classes=None, weights_backbone="DEFAULT", pretrained=False, **kwargs
):
    return restored(MaskRCNN(_backbone(weights, weights_backbone, pretrained)), weights, pretrained)


def maskrcnn_resnet50_fpn_v2(
    weights=None, progress=True, num_classes=None, weights_backbone="DEFAULT", pretrained=False, **kwargs
):
    return restored(MaskRCNN(Layers("batch_norm")), weights, pretrained)


def keypointrcnn_resnet50_fpn(
    weights=None, progress=True, num_classes=None, weights_backbone="DEFAULT", pretrained=False, **kwargs
):
    return restored(KeypointRCNN(_backbone(weights, weights_backbone, pretrained)), weights, pretrained)


def retinanet_resnet50_fpn(
    weights=None, progress=True, num_classes=None, weights_backbone="DEFAULT", pretrained=False, **kwargs
):
    return restored(RetinaNet(_backbone(weights, weights_backbone, pretrained)), weights, pretrained)


def retinanet_resnet50_fpn_v2(
    weights=None, progress=True, num_classes=None, weights_backbone="DEFAULT", pretrained=False, **kwargs
):
    return restored(RetinaNet(Layers("batch_norm")), weights, pretrained)


def fcos_resnet50_fpn(weights=None, progress=True, num_classes=None, weights_backbone="DEFAULT", pretrained=False, **kwargs):
    return restored(FCOS(_backbone(weights, weights_backbone, pretrained)), weights, pretrained)


def ssd300_vgg16(weights=None, progress=True, num_classes=None, weights_backbone="DEFAULT", pretrained=False, **kwargs):
    return restored(SSD(Layers()), weights, pretrained)


def ssdlite320_mobilenet_v3_large(
    weights=None, progress=True, num_classes=None, weights_backbone="DEFAULT", pretrained=False, **kwargs
):
    return restored(SSD(Layers("batch_norm")), weights, pretrained)


__modelint_picked__ = picked
