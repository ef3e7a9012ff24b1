"""A loop with a condition that nobody knows is taken to hold at least once."""
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


at_least_once(sys.argv[1:])
