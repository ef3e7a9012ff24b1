"""Models are in train mode, also with pretrained weights. Facts: open_clip."""

from modelint_stub import known, loaded, unknown
from open_clip.loss import ClipLoss
from open_clip.model import CLIP, CoCa


def create_model(model_name, pretrained=None, *args, force_patch_dropout=None, **kwargs):
    if known(model_name) and model_name.startswith("coca_"):
        model = CoCa(model_name, force_patch_dropout)
    else:
        model = CLIP(model_name, force_patch_dropout)
    if pretrained or known(model_name) and model_name.startswith(("hf-hub:", "local-dir:")):
        loaded(model)
    return model


def create_model_and_transforms(model_name, pretrained=None, *args, **kwargs):
    return create_model(model_name, pretrained, *args, **kwargs), unknown(), unknown()


def create_model_from_pretrained(model_name, pretrained=None, *args, return_transform=True, **kwargs):
    model = create_model(model_name, pretrained, *args, **kwargs)
    loaded(model)
    if return_transform:
        return model, unknown()
    return model


def create_loss(args):
    return ClipLoss()
