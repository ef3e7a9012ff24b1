"""Modes of parts: given back by `train()` of the whole, read from a layer that has none, copied, changed by a forward, of parts that
are replaced and of parts that override `train`."""

import copy

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


class Keeps(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm, self.drop = nn.BatchNorm1d(4), nn.Dropout(0.5)

    def forward(self, x):
        return self.drop(self.norm(x))

    def train(self, mode=True):
        super().train(mode)
        self.norm.eval()
        return self


class Holds(nn.Module):
    def __init__(self):
        super().__init__()
        self.kept, self.drop = Keeps(), nn.Dropout(0.1)

    def forward(self, x):
        return self.drop(self.kept(x))


class Switches(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.drop = block(), nn.Dropout(0.5)

    def forward(self, x):
        self.drop.eval()
        return self.drop(self.body(x))


def given_back():
    net = block()
    net[1].eval()
    before = net.training
    net.eval()
    net.train(before)
    print(net(torch.ones(2, 4)).shape)


def read_from_a_layer():
    net = block()
    net.eval()
    before = net[0].training
    net.train()
    net.train(before)
    print(net(torch.ones(2, 4)).shape)


def copied():
    net = block()
    net.eval()
    other = copy.deepcopy(net)
    print(other(torch.ones(2, 4)).shape)
    other.train()
    print(net(torch.ones(2, 4)).shape)
    print(other(torch.ones(2, 4)).shape)


def overridden():
    net = Holds()
    net.train()
    print(net(torch.ones(2, 4)).shape)
    net.eval()
    print(net(torch.ones(2, 4)).shape)


def changed_by_a_forward():
    net = Switches()
    print(net(torch.ones(2, 4)).shape)
    print(net(torch.ones(2, 4)).shape)


def replaced():
    net = Holds()
    net.eval()
    print(net(torch.ones(2, 4)).shape)
    net.drop = nn.Dropout(0.3)
    print(net(torch.ones(2, 4)).shape)
    net.eval()
    print(net(torch.ones(2, 4)).shape)


def older_and_newer():
    previous = nn.Dropout(0.1)
    previous.eval()
    for _ in range(3):
        net = nn.Dropout(0.5)
        print(net(torch.ones(2, 4)).shape)
        print(previous(torch.ones(2, 4)).shape)
        net.eval()
        previous = net


given_back()
read_from_a_layer()
copied()
overridden()
changed_by_a_forward()
replaced()
older_and_newer()
