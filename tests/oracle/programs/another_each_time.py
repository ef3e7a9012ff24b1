"""A test of the element of a loop is another one in each iteration."""
# oracle: runs: 1, 0, 1 0, 0 1, 1 1, 1 0 1

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def another_each_time(words):
    net = block()
    for word in words:
        if word != "1":
            print(net(torch.ones(2, 4)).shape)
        if word == "1":
            net.eval()
        else:
            net.train()


another_each_time(sys.argv[1:])
