"""An exception that a handler names, or whose base it names, goes no further: the handlers around that one see nothing of it, and what a
`finally` finds is what the handler left."""
# oracle: runs: none, stop

import sys

import torch
from torch import nn


class Stop(Exception):
    pass


class EarlyStop(Stop):
    pass


def step(net, optimizer):
    optimizer.zero_grad()
    net(torch.randn(2, 4)).pow(2).sum().backward()
    optimizer.step()


def evaluate(net, stop):
    net.eval()
    if stop:
        raise EarlyStop("no more")
    print(net(torch.randn(2, 4)).argmax())
    net.train()


def run(net, optimizer, stop):
    try:
        try:
            evaluate(net, stop)
        except Stop:
            net.train()
        finally:
            step(net, optimizer)
    except ValueError:
        net.train(False)
        step(net, optimizer)


net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
run(net, torch.optim.SGD(net.parameters(), lr=0.1), "stop" in sys.argv)
