"""Models in tuples, lists and dicts, chosen by index and key: only the chosen one changes its mode."""

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def show(*nets):
    for net in nets:
        print(net(torch.ones(2, 4)).shape)


def tuples():
    first, second, third = block(), nn.Sequential(nn.BatchNorm1d(4)), nn.Sequential(nn.GRU(4, 4, 2, dropout=0.1))
    group = (first, second, third)
    group[0].eval()
    group[-2].eval()
    for net in group[2:]:
        net.eval()
    first.train()
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)
    print(third(torch.ones(2, 4))[0].shape)


def lists():
    first, second = block(), nn.Sequential(nn.BatchNorm1d(4))
    group = [first]
    group.append(second)
    group[1].eval()
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)
    group[1] = first
    group[1].eval()
    print(first(torch.ones(2, 4)).shape)


def dicts():
    first, second, third = block(), nn.Sequential(nn.BatchNorm1d(4)), block()
    group = {"first": first, "second": second}
    group["first"].eval()
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)
    group["second"] = third
    for net in group.values():
        net.eval()
    for name, net in group.items():
        if name == "first":
            net.train()
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)
    print(third(torch.ones(2, 4)).shape)


def modules():
    group = nn.ModuleDict({"first": block(), "second": block()})
    group["first"].eval()
    print(group["first"](torch.ones(2, 4)).shape)
    print(group["second"](torch.ones(2, 4)).shape)
    layers = nn.ModuleList([block(), block()])
    layers[0].eval()
    print(layers[0](torch.ones(2, 4)).shape)
    print(layers[1](torch.ones(2, 4)).shape)
    layers.eval()
    print(layers[1](torch.ones(2, 4)).shape)


def chosen_either_way(count):
    nets = []
    for _ in range(count):
        nets.append(block())
        nets.append(nn.Sequential(nn.BatchNorm1d(4)))
    for net in nets:
        net.eval()
    for net in nets:
        print(net(torch.ones(2, 4)).shape)


tuples()
lists()
dicts()
modules()
chosen_either_way(len(sys.argv) + 1)
