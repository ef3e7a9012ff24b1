"""Outputs that no gradient runs back from: a derivative made of one, and one that is saved."""

import io

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def derived():
    critic, net = block(), block()
    optimizer = torch.optim.SGD([*critic.parameters(), *net.parameters()], lr=0.1)
    points = torch.ones(2, 4, requires_grad=True)
    slope = torch.autograd.grad(critic(points).sum(), points)[0]
    net(slope).sum().backward()
    optimizer.step()


def saved():
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net(torch.ones(2, 4)).sum().backward()
    optimizer.step()
    torch.save(net(torch.ones(2, 4)), io.BytesIO())  # expect: ML104


derived()
saved()
