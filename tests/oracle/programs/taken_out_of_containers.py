"""What is taken out of a container is set no more by a loop over it."""

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def last():
    first, second = block(), block()
    nets = [first, second]
    other = nets.pop()
    for net in nets:
        net.eval()
    print(first(torch.ones(2, 4)).shape)
    print(other(torch.ones(2, 4)).shape)


def by_place():
    first, second = block(), block()
    nets = [first, second]
    other = nets.pop(0)
    for net in nets:
        net.eval()
    print(second(torch.ones(2, 4)).shape)
    print(other(torch.ones(2, 4)).shape)


def by_value():
    first, second = block(), block()
    nets = [first, second]
    nets.remove(first)
    for net in nets:
        net.eval()
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)


def by_name():
    first, second = block(), block()
    nets = {"first": first, "second": second}
    other = nets.pop("first")
    for net in nets.values():
        net.eval()
    print(other(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)


def until_none_is_left():
    net = block()
    nets = [net, net, net, net]
    while nets:
        nets.pop().eval()
    print(net(torch.ones(2, 4)).shape)


def in_order():
    first, second = block(), block()
    for name in sorted(["second", "first"]):
        if name == "second":
            print(first(torch.ones(2, 4)).shape)
        first.eval()


last()
by_place()
by_value()
by_name()
until_none_is_left()
in_order()
