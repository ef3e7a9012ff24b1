"""Layers of timm, and its vision transformer, whose parts subclasses use by name."""

import pytest

from tests.facts.recorder import check_abstract, check_real, programs

PROGRAMS = programs("""
import functools

import timm.models.vision_transformer
import torch
from timm.layers import Attention, LayerScale, PatchDropout, PatchEmbed
from timm.models.vision_transformer import Block, VisionTransformer
from torch import nn

torch.set_default_device("meta")
small = dict(img_size=8, patch_size=4, embed_dim=8, num_heads=2, depth=3)

## attention and patches
reveal_mode(Attention(8, 2))  # reveals: self train
reveal_mode(Attention(8, 2, attn_drop=0.1))  # reveals: self train, dropout train
reveal_mode(Attention(8, 2, proj_drop=0.1))  # reveals: self train, dropout train
reveal_mode(PatchDropout(0.1))  # reveals: self train, dropout train
reveal_mode(PatchDropout(0.0))  # reveals: self train
reveal_mode(LayerScale(8))  # reveals: self train
reveal_mode(PatchEmbed(8, 4, 3, 8))  # reveals: self train
reveal_mode(PatchEmbed(8, 4, 3, 8, nn.BatchNorm1d))  # reveals: self train, batch_norm train
## blocks
reveal_mode(Block(8, 2, 4.0, qkv_bias=True, norm_layer=nn.LayerNorm))  # reveals: self train
reveal_mode(Block(8, 2, proj_drop=0.1))  # reveals: self train, dropout train
reveal_mode(Block(8, 2, attn_drop=0.1).eval())  # reveals: self eval, dropout eval
reveal_mode(Block(8, 2, drop_path=0.1))  # reveals: self train, dropout train
reveal_mode(Block(8, 2, norm_layer=nn.BatchNorm1d))  # reveals: self train, batch_norm train
## vision transformers
reveal_mode(VisionTransformer(**small))  # reveals: self train
reveal_mode(VisionTransformer(**small, drop_rate=0.1))  # reveals: self train, dropout train
reveal_mode(VisionTransformer(**small, pos_drop_rate=0.1))  # reveals: self train, dropout train
reveal_mode(VisionTransformer(**small, patch_drop_rate=0.1))  # reveals: self train, dropout train
reveal_mode(VisionTransformer(**small, proj_drop_rate=0.1))  # reveals: self train, dropout train
reveal_mode(VisionTransformer(**small, attn_drop_rate=0.1).blocks[1])  # reveals: self train, dropout train
reveal_mode(VisionTransformer(**small, drop_path_rate=0.1))  # reveals: self train, dropout train
reveal_mode(VisionTransformer(**small, norm_layer=functools.partial(nn.LayerNorm, eps=1e-6)))  # reveals: self train
reveal_mode(timm.models.vision_transformer.vit_tiny_patch16_224(drop_path_rate=0.1))  # reveals: self train, dropout train
## a subclass of the vision transformer
class Masked(timm.models.vision_transformer.VisionTransformer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.fc_norm = nn.BatchNorm1d(kwargs["embed_dim"])
        del self.norm

    def forward_features(self, x):
        x = self.norm_pre(self.patch_drop(self._pos_embed(self.patch_embed(x))))
        for block in self.blocks:
            x = block(x)
        return self.fc_norm(self.pool(x))


def make(**kwargs):
    return Masked(**small, **kwargs)


reveal_mode(make(drop_path_rate=0.1))  # reveals: self train, dropout train, batch_norm train
m = make().eval()
m.reset_classifier(3)
reveal_mode(m)  # reveals: self eval, batch_norm eval
""")


@pytest.mark.parametrize("name", PROGRAMS)
def test_real(name: str) -> None:
    check_real(PROGRAMS[name], "timm")


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])
