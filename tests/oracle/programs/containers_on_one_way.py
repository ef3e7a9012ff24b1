"""Containers and modules that hold a model on one way only, and it is not set where they do not."""
# oracle: runs: none, list, dict, apart, single, list dict apart

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def norm():
    return nn.Sequential(nn.BatchNorm1d(4))


def in_a_list(both):
    first, second = block(), block()
    nets = [first]
    if both:
        nets.append(second)
    for net in nets:
        net.eval()
    print(second(torch.ones(2, 4)).shape)


def in_a_dict(both):
    first, second = block(), block()
    nets = {"first": first}
    if both:
        nets["second"] = second
    for net in nets.values():
        net.eval()
    print(second(torch.ones(2, 4)).shape)


def as_a_part(apart):
    first, second = block(), block()
    if apart:
        print(len(first))
    else:
        first.more = second
    first.eval()
    print(second(torch.ones(2, 4)).shape)


def made_there(single):
    nets = [block()]
    if single:
        print(len(nets))
    else:
        nets.append(norm())
    for net in nets:
        net.eval()
        print(net(torch.ones(2, 4)).shape)


in_a_list("list" in sys.argv)
in_a_dict("dict" in sys.argv)
as_a_part("apart" in sys.argv)
made_there("single" in sys.argv)
