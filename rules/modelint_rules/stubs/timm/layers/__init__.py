"""Fact: layers of timm."""

from modelint_stub import data, sensitive
from torch.nn.functional import _look
from torch.nn.modules.batchnorm import BatchNorm2d
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


class PatchEmbed(Module): pass  # fmt: skip


class LayerNorm2d(LayerNorm): pass  # fmt: skip


class BatchNormAct2d(BatchNorm2d): pass  # fmt: skip


class GroupNormAct(GroupNorm): pass  # fmt: skip


class FrozenBatchNorm2d(Module): pass  # fmt: skip


def drop_path(x, drop_prob=0.0, training=False, scale_by_keep=True):
    """Off unless asked for."""
    if drop_prob > 0:
        _look("drop_path", training)
    return data(x)
