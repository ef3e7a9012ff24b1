"""Attributes, lists and numbers that two ways leave different, though the modes are the same."""
# oracle: runs: none, a
# oracle: unknowns: numbers and strings of two ways are not kept apart

import sys

import torch
from torch import nn


class Settings:
    kind = "none"
    count = 0


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def by_attribute(a):
    net, settings = block(), Settings()
    settings.kind = "plain"
    if a:
        settings.kind = "other"
    else:
        settings.kind = "plain"
    if settings.kind == "other":
        net.eval()
    print(net(torch.ones(2, 4)).shape)


def is_one(number):
    return number == 1


def bump(settings):
    settings.count += 1


def by_call(a):
    net = block()
    net.train(a)
    number = 1 if a else 2
    net.train(is_one(number))
    print(net(torch.ones(2, 4)).shape)
    settings = Settings()
    settings.count = 5 if a else 0
    bump(settings)
    if settings.count > 3:
        net.eval()
    print(net(torch.ones(2, 4)).shape)


def backward_on_one_way(a):
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    loss = net(torch.ones(2, 4)).sum()
    if not a:
        print("nothing")
    else:
        loss.backward()
    optimizer.step()


def owner_on_one_way(a):
    first, second = block(), block()
    optimizer = torch.optim.SGD(first.parameters(), lr=0.1)
    if not a:
        print("nothing")
    else:
        optimizer.add_param_group({"params": second.parameters()})
    second(torch.ones(2, 4)).sum().backward()
    first(torch.ones(2, 4)).sum().backward()
    optimizer.step()


A = "a" in sys.argv
by_attribute(A)
by_call(A)
backward_on_one_way(A)
owner_on_one_way(A)
