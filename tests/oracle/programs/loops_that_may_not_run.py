"""A loop over what nobody knows, which may have no iterations."""
# oracle: runs: , a, a b

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def not_at_all(words):
    net = block()
    for word in words:
        net.eval()
    print(net(torch.ones(2, 4)).shape)


not_at_all(sys.argv[1:])
