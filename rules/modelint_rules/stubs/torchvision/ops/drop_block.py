"""Fact: torchvision operations."""

from modelint_stub import data, functional_dropout, sensitive
from torch.nn.modules.module import Module


class DropBlock2d(Module):
    def __init__(self, p, block_size, inplace=False, eps=1e-06):
        if p > 0:
            sensitive(self, "dropout")


class DropBlock3d(DropBlock2d): pass  # fmt: skip


def drop_block2d(input, p, block_size, inplace=False, eps=1e-06, training=None):
    if p > 0:
        if training is None:
            functional_dropout("drop_block2d", "default")
        elif training is True:
            functional_dropout("drop_block2d", "fixed")
    return data(input)
