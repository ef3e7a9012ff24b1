"""Arguments in all forms, partial functions, functions in variables, recursion: which model a call is about."""
# oracle: runs: none, swap

import functools
import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def norm():
    return nn.Sequential(nn.BatchNorm1d(4))


def set_modes(first, second=None, *more, training=False, **named):
    first.train(training)
    for net in more:
        net.train(training)
    for net in named.values():
        net.train(training)


def off(net):
    net.eval()
    return net


def on(net):
    net.train()
    return net


def show(first, second):
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)


def forms():
    first, second, third = block(), norm(), block()
    set_modes(second=second, first=first)
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)
    set_modes(first, None, second, training=True)
    set_modes(*[first, second, third])
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)
    print(third(torch.ones(2, 4)).shape)
    set_modes(first, extra=second)
    print(second(torch.ones(2, 4)).shape)
    options = {"first": third, "training": True}
    set_modes(**options)
    print(third(torch.ones(2, 4)).shape)


def partials():
    first, second = block(), norm()
    functools.partial(set_modes, first, training=False)(second)
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)
    switch = functools.partial(second.train, False)
    switch()
    print(second(torch.ones(2, 4)).shape)
    print(len(list(map(off, [first, second]))))
    print(on(first)(torch.ones(2, 4)).shape)


def chosen(swap):
    first, second = block(), norm()
    function = on if swap else off
    function(first)
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)
    table = {"on": on, "off": off}
    table["off"](second)
    print(second(torch.ones(2, 4)).shape)


def descend(module, depth):
    if depth:
        for child in module.children():
            descend(child, depth - 1)
    else:
        module.eval()


def deep():
    net = nn.Sequential(block(), norm())
    descend(net, 2)
    print(net(torch.ones(2, 4)).shape)
    other = nn.Sequential(block(), norm())
    descend(other, 1)
    print(other(torch.ones(2, 4)).shape)


def made(swap):
    net = off(block()) if swap else off(nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.1)))
    if swap:
        return on(net)
    return net


def returned(swap):
    net = made(swap)
    print(net(torch.ones(2, 4)).shape)
    again = made(not swap)
    print(again(torch.ones(2, 4)).shape)
    print(net(torch.ones(2, 4)).shape)


forms()
partials()
chosen("swap" in sys.argv)
deep()
returned("swap" in sys.argv)
