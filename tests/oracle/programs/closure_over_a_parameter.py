"""A closure mentions a model only by the name of a parameter of the function around it, and hands it to a helper that says nothing else of
models either."""

import functools

import torch
from torch import nn


def in_eval_mode(function):
    @functools.wraps(function)
    def wrapped(net, *args):
        net.eval()
        return function(net, *args)

    return wrapped


@in_eval_mode
def score(net):
    return net(torch.ones(2, 4)).mean().item()


def report(model):
    def show():
        return score(model)

    show()


net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(3):
    optimizer.zero_grad()
    net(torch.randn(2, 4)).pow(2).sum().backward()  # expect: ML103
    optimizer.step()
    report(net)
