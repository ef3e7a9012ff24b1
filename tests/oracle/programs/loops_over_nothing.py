# oracle: runs: 0, 2, 6
"""A loop does not run on the ways on which a test says that there is nothing to count."""

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def step(net, x):
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    optimizer.zero_grad()
    net(x).sum().backward()
    optimizer.step()


def above(x, times):
    net = block()
    if times > 0:
        net.train()
    else:
        net.eval()
    for _ in range(times):
        step(net, x)


def at_least(x, times):
    net = block()
    net.eval()
    if times >= 1:
        net.train()
    for _ in range(times):
        step(net, x)


def at_all(x, times):
    net = block()
    net.eval()
    if times:
        net.train()
    for _ in range(times):
        step(net, x)


def else_branch(x, times):
    net = block()
    step(net, x)
    if times != 0:
        net.eval()
    for _ in range(times):
        pass
    else:
        with torch.no_grad():
            print(net(x))  # expect: ML104


def another_limit(x, times):
    net = block()
    if times > 5:
        net.train()
    else:
        net.eval()
    for _ in range(times):
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        net(x).sum().backward()  # expect: ML103
        optimizer.step()


torch.manual_seed(0)
for nothing in [() for _ in range(int(sys.argv[1]))]:
    print(nothing)
for function in (above, at_least, at_all, else_branch, another_limit):
    function(torch.ones(2, 4), int(sys.argv[1]))
