"""Models behind attributes, properties, proxies, class attributes and closures that write."""
# oracle: runs: none, swap

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


class Holder:
    shared = None

    def __init__(self, net):
        self.net = net

    @property
    def part(self):
        return self.net[1]

    @staticmethod
    def freeze(net):
        net.eval()

    @classmethod
    def of(cls, net):
        return cls(net)


class Proxy:
    def __init__(self, net):
        self.inner = net

    def __getattr__(self, name):
        return getattr(self.inner, name)


class Named(Holder):
    def freeze(self):
        super().freeze(self.net)


def rebound():
    holder, other = Holder(block()), block()
    holder.net = other
    holder.net.eval()
    print(other(torch.ones(2, 4)).shape)
    holder.part.train()
    print(other(torch.ones(2, 4)).shape)


def either(swap):
    first, second, third = Holder(block()), Holder(nn.Sequential(nn.BatchNorm1d(4))), nn.Sequential(nn.Dropout(0.1))
    chosen = first if swap else second
    chosen.net.eval()
    print(first.net(torch.ones(2, 4)).shape)
    print(second.net(torch.ones(2, 4)).shape)
    chosen.net = third
    if swap:
        print(first.net(torch.ones(2, 4)).shape)
    else:
        print(first.net(torch.ones(2, 4)).shape)


def proxied():
    net = block()
    Proxy(net).eval()
    print(net(torch.ones(2, 4)).shape)


def inherited():
    net = block()
    Named.of(net).freeze()
    print(net(torch.ones(2, 4)).shape)
    Holder.shared = net
    Holder.shared.train()
    print(net(torch.ones(2, 4)).shape)
    Holder.freeze(net)
    print(net(torch.ones(2, 4)).shape)


def written_by_a_closure():
    net = block()
    other = nn.Sequential(nn.BatchNorm1d(4))

    def replace():
        nonlocal net
        net = other

    net.eval()
    replace()
    print(net(torch.ones(2, 4)).shape)
    net.eval()
    print(net(torch.ones(2, 4)).shape)


def by_name():
    net = block()
    holder = Holder(net)
    setattr(holder, "other", nn.Sequential(nn.BatchNorm1d(4)))
    getattr(holder, "other").eval()
    print(net(torch.ones(2, 4)).shape)
    print(holder.other(torch.ones(2, 4)).shape)
    net.training = False
    net[1].training = False
    print(net(torch.ones(2, 4)).shape)


rebound()
either("swap" in sys.argv)
proxied()
inherited()
written_by_a_closure()
by_name()
