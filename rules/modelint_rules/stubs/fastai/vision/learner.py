"""A new head is in train mode. The body is tried out in eval mode for its size, which stays with its parts, and is not, where the head
is the user's own. Facts: learners of fastai."""

import timm
from fastai.layers import LinBnDrop
from fastai.learner import Learner
from modelint_stub import add_layers, parts
from torch import nn


def create_body(model, *args, **kwargs):
    """All but the classifier."""
    return nn.Sequential(*list(parts(model))[:-1])


def create_head(nf, n_out, *args, ps=0.5, first_bn=True, **kwargs):
    return nn.Sequential(LinBnDrop(nf, 512, bn=first_bn, p=ps), LinBnDrop(512, n_out, p=ps))


def create_vision_model(
    arch, n_out=None, *args, pretrained=True, weights=None, custom_head=None, ps=0.5, first_bn=True, **kwargs
):
    body = create_body(arch(pretrained=pretrained))
    if custom_head is not None:
        return nn.Sequential(body, custom_head)
    for part in parts(body):
        part.eval()
    return nn.Sequential(body, create_head(512, n_out, ps=ps, first_bn=first_bn))


def create_timm_model(arch, n_out=None, *args, pretrained=True, custom_head=None, ps=0.5, first_bn=True, **kwargs):
    head = create_head(512, n_out, ps=ps, first_bn=first_bn) if custom_head is None else custom_head
    return nn.Sequential(timm.create_model(arch, pretrained=pretrained), head)


class DynamicUnet(nn.Module):
    """Tries itself out while it is made: all but a layer at each end is left in eval mode."""

    def __init__(self, encoder, *args, **kwargs):
        super().__init__()
        self.encoder = encoder
        self.blocks = nn.Module()
        add_layers(self.blocks, "batch_norm")
        self.encoder.eval()
        self.blocks.eval()
        self.bn = nn.BatchNorm2d(512)


def create_unet_model(arch, n_out=None, img_size=None, *args, pretrained=True, **kwargs):
    return DynamicUnet(create_body(arch(pretrained=pretrained)))


def _learner(dls, model, loss_func=None, cbs=None, **kwargs):
    return Learner(dls, model, loss_func, cbs=cbs)


def vision_learner(dls, arch, *args, **kwargs):
    create = create_timm_model if isinstance(arch, str) else create_vision_model
    return _learner(dls, create(arch, **kwargs), **kwargs)


def unet_learner(dls, arch, *args, **kwargs):
    return _learner(dls, create_unet_model(arch, **kwargs), **kwargs)


cnn_learner = vision_learner
create_cnn_model = create_vision_model
