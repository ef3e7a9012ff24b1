"""Loops over what nobody knows, of none, one or many iterations: later ones find what earlier ones left."""
# oracle: runs: , 1, 0, 1 0, 0 1, 1 1, 1 0 1, stop, 1 stop

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def norm():
    return nn.Sequential(nn.BatchNorm1d(4))


class Stop(Exception):
    pass


def modes(words):
    first, second = nn.Dropout(0.5), nn.Dropout(0.5)
    for word in words:
        print(second(torch.ones(2, 4)).shape)
        if not first.training:
            second.training = False
        first.training = False


def names(words):
    first, second = block(), norm()
    net = first
    for word in words:
        print(net(torch.ones(2, 4)).shape)
        net = second


def gradients(words):
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for word in words:
        optimizer.step()
        net(torch.ones(2, 4)).sum().backward()


def weights(words):
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for word in words:
        with torch.no_grad():
            print(net(torch.ones(2, 4)).sum().item())  # expect: ML104
        net(torch.ones(2, 4)).sum().backward()
        optimizer.step()
        optimizer.zero_grad()


def questions(words, a):
    net = block()
    is_first = True
    for word in words:
        if not is_first and a:
            return
        is_first = False
    if a:
        print(net(torch.ones(2, 4)).shape)


def exceptions(words):
    net = block()
    try:
        for word in words:
            net.eval()
            if word == "stop":
                raise Stop
            net.train()
    except Stop:
        print(net(torch.ones(2, 4)).shape)


WORDS = sys.argv[1:]
modes(WORDS)
names(WORDS)
gradients(WORDS)
weights(WORDS)
questions(WORDS, "1" in WORDS)
exceptions(WORDS)
