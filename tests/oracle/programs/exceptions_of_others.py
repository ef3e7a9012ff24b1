"""Exceptions that nobody in the program raises, that another handler waits for, or that do not come."""
# oracle: runs: 1, x, stop

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


class Stop(Exception):
    pass


def raised_by_a_builtin(word):
    net = block()
    net.eval()
    try:
        print(int(word))
    except ValueError:
        print(net(torch.ones(2, 4)).shape)


def waited_for_further_out(word):
    net = block()
    try:
        try:
            net.eval()
            if word == "stop":
                raise Stop
        except KeyError:
            net.train()
        net.train()
    except Stop:
        print(net(torch.ones(2, 4)).shape)


def not_raised(word):
    net = block()
    try:
        print(len(word))
    except KeyError:
        net.train()
    else:
        net.eval()
    print(net(torch.ones(2, 4)).shape)


raised_by_a_builtin(sys.argv[1])
waited_for_further_out(sys.argv[1])
not_raised(sys.argv[1])
