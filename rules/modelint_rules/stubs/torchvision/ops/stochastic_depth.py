"""Fact: torchvision operations."""

from modelint_stub import data, functional_dropout, sensitive
from torch.nn.modules.module import Module


class StochasticDepth(Module):
    def __init__(self, p, mode):
        if p > 0:
            sensitive(self, "dropout")


def stochastic_depth(input, p, mode, training=None):
    if p > 0:
        if training is None:
            functional_dropout("stochastic_depth", "default")
        elif training is True:
            functional_dropout("stochastic_depth", "fixed")
    return data(input)
