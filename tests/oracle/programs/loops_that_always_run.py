"""What only a loop of no iterations would lead to counts for nothing."""
# oracle: runs: a, a b

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def cleared(words):
    net, other = block(), block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net(torch.ones(2, 4)).sum().backward()
    for word in words:
        optimizer.zero_grad()
        other.eval()
    optimizer.step()


def look(net, words):
    for word in words:
        net.eval()
        return
    net.eval()


def looked_at(words):
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    look(net, words)
    net(torch.ones(2, 4)).sum().backward()  # expect: ML103
    optimizer.step()


cleared(sys.argv[1:])
looked_at(sys.argv[1:])
