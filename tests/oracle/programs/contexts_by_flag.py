"""A flag decides in which mode a context is entered, and whether a loop is left from within one."""
# oracle: runs: none, a

import sys
from contextlib import contextmanager

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


class InMode:
    def __init__(self, net, flag):
        self.net = net
        self.flag = flag

    def __enter__(self):
        self.net.train(self.flag)
        return self.net

    def __exit__(self, *error):
        self.net.train()


@contextmanager
def evaluating(net):
    net.eval()
    try:
        yield
    finally:
        net.train()


def entered(a):
    net = block()
    with InMode(net, a) as inner:
        print(inner(torch.ones(2, 4)).shape)


def left(a):
    net = block()
    for name in ("one", "two"):
        with evaluating(net):
            if a:
                break
        net.eval()
    print(net(torch.ones(2, 4)).shape)


entered("a" in sys.argv)
left("a" in sys.argv)
