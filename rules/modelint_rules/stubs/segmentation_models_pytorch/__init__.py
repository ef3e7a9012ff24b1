"""Facts: segmentation models."""

import segmentation_models_pytorch
from segmentation_models_pytorch import encoders, losses
from segmentation_models_pytorch.base.model import (
    DPT,
    FPN,
    PAN,
    DeepLabV3,
    DeepLabV3Plus,
    Linknet,
    MAnet,
    PSPNet,
    Segformer,
    Unet,
    UnetPlusPlus,
    UPerNet,
)

_BY_NAME = {
    "unet": Unet, "unetplusplus": UnetPlusPlus, "manet": MAnet, "linknet": Linknet, "fpn": FPN, "pspnet": PSPNet, "deeplabv3": DeepLabV3,
    "deeplabv3plus": DeepLabV3Plus, "pan": PAN, "upernet": UPerNet, "segformer": Segformer, "dpt": DPT,
}  # fmt: skip


def create_model(arch, *args, **kwargs):
    return _BY_NAME[arch.lower()](*args, **kwargs)


def from_pretrained(*args, **kwargs):
    """Of whichever class was saved."""
    return Unet.from_pretrained(*args, **kwargs)
