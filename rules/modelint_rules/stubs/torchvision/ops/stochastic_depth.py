"""Fact: torchvision operations."""

from modelint_stub import data, sensitive
from torch.nn.functional import _look
from torch.nn.modules.module import Module


class StochasticDepth(Module):
    def __init__(self, p, mode):
        if p > 0:
            sensitive(self, "dropout")


def stochastic_depth(input, p, mode, training=None):
    if p > 0:
        _look("stochastic_depth", training)
    return data(input)
