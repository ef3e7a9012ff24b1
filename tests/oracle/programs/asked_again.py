"""A test of what a call gives is another one in each iteration."""
# oracle: runs: 1, 0, 1 0, 0 1, 1 1, 1 0 1

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def answers(words):
    net = block()
    left = list(words)
    for word in words:
        flag = left.pop(0) == "1"
        if not flag:
            print(net(torch.ones(2, 4)).shape)
        if flag:
            net.eval()
        else:
            net.train()


answers(sys.argv[1:])
