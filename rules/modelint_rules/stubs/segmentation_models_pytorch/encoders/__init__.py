"""Facts: segmentation models."""

from modelint_stub import add_layers, known
from torch.nn.modules.module import Module


class Encoder(Module):
    def __init__(self, name):
        if not known(name):
            add_layers(self, "unknown")
        elif name.startswith("mit_"):
            add_layers(self, "dropout")
        elif name.startswith("vgg"):
            if name.endswith("_bn"):
                add_layers(self, "batch_norm")
        elif name.startswith(("efficientnet", "timm-efficientnet")):
            add_layers(self, "batch_norm")
            add_layers(self, "dropout")
        elif name.startswith(
            (
                "res",
                "se_",
                "senet",
                "timm-res",
                "timm-regnet",
                "dense",
                "xception",
                "inception",
                "mobilenet",
                "mobileone",
                "tu-resnet",
            )
        ):
            add_layers(self, "batch_norm")
        else:
            add_layers(self, "unknown")


def get_encoder(name, *args, **kwargs):
    return Encoder(name)
