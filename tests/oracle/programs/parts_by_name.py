"""Parts that an attribute leads to by code of its own, and parts that come later."""

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def norm():
    return nn.Sequential(nn.BatchNorm1d(4))


class Pair:
    def __init__(self, inner, outer):
        self.parts = {"inner": inner, "outer": outer}

    def __getattr__(self, name):
        return self.parts[name]


def forwarded():
    pair = Pair(block(), norm())
    pair.inner.eval()
    print(pair.inner(torch.ones(2, 4)).shape)
    print(pair.outer(torch.ones(2, 4)).shape)


def later():
    net = nn.Sequential(nn.Linear(4, 4))
    net.eval()
    net.append(nn.Dropout(0.5))
    print(net(torch.ones(2, 4)).shape)
    net.eval()
    print(net(torch.ones(2, 4)).shape)


forwarded()
later()
