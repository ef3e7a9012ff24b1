"""Fact: layers of timm."""

from modelint_stub import add_layers, data, sensitive
from torch.nn.functional import _look
from torch.nn.modules.batchnorm import BatchNorm2d
from torch.nn.modules.conv import Conv2d
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torch.nn.modules.normalization import GroupNorm, LayerNorm


class DropPath(Module):
    def __init__(self, drop_prob=0.0, scale_by_keep=True):
        if drop_prob > 0:
            sensitive(self, "dropout")


class Mlp(Module):
    def __init__(
        self,
        in_features,
        hidden_features=None,
        out_features=None,
        act_layer=None,
        norm_layer=None,
        bias=True,
        drop=0.0,
        *args,
        **kwargs,
    ):
        self.fc1 = Linear(in_features, hidden_features)
        self.drop1 = Dropout(drop)
        self.fc2 = Linear(hidden_features, out_features)


class Attention(Module):
    def __init__(self, dim, num_heads=8, *args, attn_drop=0.0, proj_drop=0.0, **kwargs):
        if args:
            add_layers(self, "unknown")
        self.qkv = Linear(dim, dim * 3)
        self.attn_drop = Dropout(attn_drop)
        self.proj = Linear(dim, dim)
        self.proj_drop = Dropout(proj_drop)


class LayerScale(Module): pass  # fmt: skip


class PatchDropout(Module):
    def __init__(self, prob=0.5, *args, **kwargs):
        if prob > 0:
            sensitive(self, "dropout")


class PatchEmbed(Module):
    def __init__(self, img_size=224, patch_size=16, in_chans=3, embed_dim=768, norm_layer=None, *args, **kwargs):
        self.proj = Conv2d(in_chans, embed_dim, kernel_size=patch_size, stride=patch_size)
        if norm_layer is not None:
            self.norm = norm_layer(embed_dim)


class LayerNorm2d(LayerNorm): pass  # fmt: skip


class BatchNormAct2d(BatchNorm2d): pass  # fmt: skip


class GroupNormAct(GroupNorm): pass  # fmt: skip


class FrozenBatchNorm2d(Module): pass  # fmt: skip


def drop_path(x, drop_prob=0.0, training=False, scale_by_keep=True):
    """Off unless asked for."""
    if drop_prob > 0:
        _look("drop_path", training)
    return data(x)
