"""A name that stands for one of two objects, and what is written to that, read from it or made for it."""
# oracle: runs: none, written, read, made, written read made

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def norm():
    return nn.Sequential(nn.BatchNorm1d(4))


class Holder:
    def __init__(self, net):
        self.net = net


def written(a):
    first, second = Holder(block()), Holder(block())
    holder = first if a else second
    holder.net = norm()
    print(first.net(torch.ones(2, 4)).shape)
    print(second.net(torch.ones(2, 4)).shape)


def read(a):
    net = block()
    if a:
        net.eval()
    was = net.training
    net.eval()
    net.train(was)
    print(net(torch.ones(2, 4)).shape)


def made(a):
    if a:
        net = block()
        net.eval()
    else:
        net = block()
    print(net(torch.ones(2, 4)).shape)


written("written" in sys.argv)
read("read" in sys.argv)
made("made" in sys.argv)
