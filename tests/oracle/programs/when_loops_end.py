"""Loops with a condition: whether they run at all, and in which iteration they can end."""
# oracle: runs: a, a b

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def at_least_once(words):
    net = block()
    while words:
        words = words[1:]
        net.eval()
    print(net(torch.ones(2, 4)).shape)


def stage_by_stage():
    first, second, third = block(), block(), block()
    left = 3
    while left > 0:
        if first.training:
            first.eval()
            left = 2
        elif second.training:
            second.eval()
            left = 2
        elif third.training:
            third.eval()
            left = 2
        else:
            left = 0
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)
    print(third(torch.ones(2, 4)).shape)


at_least_once(sys.argv[1:])
stage_by_stage()
