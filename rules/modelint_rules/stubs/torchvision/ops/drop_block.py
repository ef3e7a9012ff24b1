"""Fact: torchvision operations."""

from modelint_stub import data, sensitive
from torch.nn.functional import _look
from torch.nn.modules.module import Module


class DropBlock2d(Module):
    def __init__(self, p, block_size, inplace=False, eps=1e-06):
        if p > 0:
            sensitive(self, "dropout")


class DropBlock3d(DropBlock2d): pass  # fmt: skip


def drop_block2d(input, p, block_size, inplace=False, eps=1e-06, training=None):
    if p > 0:
        _look("drop_block2d", training)
    return data(input)
