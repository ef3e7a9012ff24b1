"""Generators and `map` that change the modes of what they yield, and that yield what changes its mode outside."""

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def each_off(nets):
    for net in nets:
        net.eval()
        yield net


def each(nets):
    for net in nets:
        yield net


first, second = block(), nn.Sequential(nn.BatchNorm1d(4))
for net in each_off([first, second]):
    print(net.training)
print(first(torch.ones(2, 4)).shape)
print(second(torch.ones(2, 4)).shape)
for net in each([first, second]):
    net.train()
print(first(torch.ones(2, 4)).shape)


def off(net):
    net.eval()
    return net


for net in map(off, [first, second]):
    print(net.training)
print(first(torch.ones(2, 4)).shape)
print(second(torch.ones(2, 4)).shape)
