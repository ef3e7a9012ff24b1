"""A call that is not followed may change the mode: what is said then is likely at most."""
# oracle: unknowns: what methodcaller does is not followed

import operator

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def measure(net):
    net.eval()
    print(net(torch.ones(2, 4)).sum().item())
    operator.methodcaller("train")(net)


def fit(net):
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net(torch.ones(2, 4)).sum().backward()  # expect: ML103
    optimizer.step()


first, second = block(), block()
measure(first)
fit(first)
fit(second)
