"""Facts: torchvision models."""

import torchvision.models
from modelint_stub import known
from torchvision.models import detection, optical_flow, quantization, segmentation, video
from torchvision.models._blocks import picked
from torchvision.models.alexnet import AlexNet, alexnet
from torchvision.models.convnext import ConvNeXt, convnext_base, convnext_large, convnext_small, convnext_tiny
from torchvision.models.densenet import DenseNet, densenet121, densenet161, densenet169, densenet201
from torchvision.models.efficientnet import *
from torchvision.models.googlenet import GoogLeNet, googlenet
from torchvision.models.inception import Inception3, inception_v3
from torchvision.models.maxvit import MaxVit, maxvit_t
from torchvision.models.mnasnet import MNASNet, mnasnet0_5, mnasnet0_75, mnasnet1_0, mnasnet1_3
from torchvision.models.mobilenetv2 import MobileNetV2, mobilenet_v2
from torchvision.models.mobilenetv3 import MobileNetV3, mobilenet_v3_large, mobilenet_v3_small
from torchvision.models.regnet import *
from torchvision.models.resnet import *
from torchvision.models.shufflenetv2 import *
from torchvision.models.squeezenet import SqueezeNet, squeezenet1_0, squeezenet1_1
from torchvision.models.swin_transformer import SwinTransformer, swin_b, swin_s, swin_t, swin_v2_b, swin_v2_s, swin_v2_t
from torchvision.models.vgg import VGG, vgg11, vgg11_bn, vgg13, vgg13_bn, vgg16, vgg16_bn, vgg19, vgg19_bn
from torchvision.models.vision_transformer import VisionTransformer, vit_b_16, vit_b_32, vit_h_14, vit_l_16, vit_l_32


class _Weights:
    """An entry of any enumeration of weights: what counts is that weights are asked for."""

    DEFAULT = "DEFAULT"
    IMAGENET1K_V1 = "IMAGENET1K_V1"
    IMAGENET1K_V2 = "IMAGENET1K_V2"
    COCO_V1 = "COCO_V1"
    COCO_WITH_VOC_LABELS_V1 = "COCO_WITH_VOC_LABELS_V1"
    KINETICS400_V1 = "KINETICS400_V1"


def __getattr__(name):
    if name.endswith("_Weights"):
        return _Weights
    raise AttributeError(name)


def get_model(name, weights=None, **config):
    if known(name):
        return getattr(torchvision.models, name)(weights=weights, **config)
    return picked(weights=weights)


__modelint_picked__ = picked
