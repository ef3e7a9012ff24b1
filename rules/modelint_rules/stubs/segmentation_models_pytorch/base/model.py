"""Facts: segmentation models."""

from huggingface_hub.hub_mixin import PyTorchModelHubMixin
from modelint_stub import add_layers, infer, parts, requires_grad, set_flag
from segmentation_models_pytorch.encoders import get_encoder
from torch.nn.modules.batchnorm import _NormBase
from torch.nn.modules.container import Sequential
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module


class SegmentationHead(Sequential): pass  # fmt: skip


class ClassificationHead(Sequential):
    def __init__(self, in_channels, classes=1, pooling="avg", dropout=0.2, activation=None):
        super().__init__(Dropout(dropout or 0.0), Linear(in_channels, classes))


class Decoder(Module):
    def __init__(self, normalized, dropout):
        if normalized:
            add_layers(self, "batch_norm")
        if dropout > 0:
            add_layers(self, "dropout")


class SegmentationModel(Module, PyTorchModelHubMixin):
    """`train` passes by an encoder that was frozen; `predict` leaves the model in eval mode."""

    normalized = True
    dropout = 0.0

    def __init__(
        self, encoder_name="resnet34", encoder_depth=5, encoder_weights="imagenet", *args, decoder_use_norm=True,
        decoder_use_batchnorm=True, psp_use_norm=True, psp_use_batchnorm=True, aux_params=None, decoder_dropout=None,
        psp_dropout=None, decoder_aspp_dropout=None, **kwargs,
    ):  # fmt: skip
        self._is_encoder_frozen = False
        self.encoder = get_encoder(encoder_name)
        normalized = self.normalized and decoder_use_norm and decoder_use_batchnorm and psp_use_norm and psp_use_batchnorm
        dropout = self.dropout
        for given in (decoder_dropout, psp_dropout, decoder_aspp_dropout):
            if given is not None:
                dropout = given
        self.decoder = Decoder(normalized, dropout)
        self.segmentation_head = SegmentationHead()
        if aux_params is not None:
            self.classification_head = ClassificationHead(512, **aux_params)

    def predict(self, x):
        if self.training:
            self.eval()
        return infer(self, x, name="predict")

    def train(self, mode=True):
        set_flag(self, mode)
        for part in parts(self):
            if self._is_encoder_frozen and part is self.encoder:
                continue
            part.train(mode)
        return self

    def freeze_encoder(self):
        requires_grad(self.encoder, False)
        for module in self.encoder.modules():
            if isinstance(module, _NormBase):
                module.train(False)
        self._is_encoder_frozen = True

    def unfreeze_encoder(self):
        requires_grad(self.encoder, True)
        for module in self.encoder.modules():
            if isinstance(module, _NormBase):
                module.train(True)
        self._is_encoder_frozen = False


# fmt: off
class Unet(SegmentationModel): pass
class UnetPlusPlus(SegmentationModel): pass
class MAnet(SegmentationModel): pass
class Linknet(SegmentationModel): pass
class PAN(SegmentationModel): pass
class UPerNet(SegmentationModel): pass
class Segformer(SegmentationModel): pass
# fmt: on


class FPN(SegmentationModel):
    normalized = False
    dropout = 0.2


class PSPNet(SegmentationModel):
    dropout = 0.2


class DeepLabV3(SegmentationModel):
    dropout = 0.5


class DeepLabV3Plus(DeepLabV3): pass  # fmt: skip


class DPT(SegmentationModel):
    dropout = 0.1
