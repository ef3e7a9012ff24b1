"""What is one of two values, and tested: both are true, one is, or nobody knows it of either."""
# oracle: runs: , a, b, a b

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def both_true(a):
    name = "first" if a else "second"
    net = block()
    if not name:
        net.eval()
    print(net(torch.ones(2, 4)).shape)


def one_true(a):
    name = "train" if a else ""
    net = block()
    net.eval()
    if name:
        net.train(name == "train")
    print(net(torch.ones(2, 4)).shape)


def nobody_knows(words, a):
    first, second = [block() for word in words], [block() for word in words[1:]]
    chosen = first if a else second
    other = block()
    if chosen:
        for net in chosen:
            net.eval()
            print(net(torch.ones(2, 4)).shape)
    else:
        other.eval()
    print(other(torch.ones(2, 4)).shape)


both_true("a" in sys.argv)
one_true("a" in sys.argv)
nobody_knows(sys.argv[1:], "a" in sys.argv)
