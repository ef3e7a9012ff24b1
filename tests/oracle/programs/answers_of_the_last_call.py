"""What a test said of a call's last result says nothing of the next, nor does it where the caller keeps it."""
# oracle: runs: none, a, b, a b, a a, b a, a a a

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def is_first(net, arguments):
    net.zero_grad()
    return arguments.pop(0).startswith("a")


def kept_by_the_caller(arguments):
    net = block()
    flag = False
    while arguments:
        answer = is_first(net, arguments)
        net.train(not flag)
        if answer:
            print(net(torch.ones(2, 4)).shape)
        else:
            print(net(torch.ones(2, 4)).shape)
        flag = answer


kept_by_the_caller(sys.argv[1:])
