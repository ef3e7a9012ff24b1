"""A call that is reached in several states: what it does in one holds in another only if it starts from the same."""
# oracle: runs: none, a

import sys

import torch
from torch import nn


class Settings:
    def __init__(self, make):
        self.make = make


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def norm():
    return nn.Sequential(nn.BatchNorm1d(4))


def maker(name):
    if name == "norm":
        return norm
    return block


def turn(settings):
    if settings.make is block:
        settings.make = norm
    else:
        settings.make = block


def maker_in(settings):
    if settings.make is None:
        return block
    return settings.make


def maker_for(net):
    if net.training:
        return block
    return norm


def mode_of(net):
    return net.training


def recording():
    return torch.is_grad_enabled()


def by_argument(net, a):
    name = "dropout"
    if a:
        net.eval()
        name = "norm"
    make = maker(name)
    print(make()(torch.ones(2, 4)).shape)


def by_object(net, a):
    settings = Settings(block)
    if a:
        net.eval()
        settings.make = norm
    turn(settings)
    print(settings.make()(torch.ones(2, 4)).shape)


def by_what_it_reads(net, a):
    settings = Settings(block)
    if a:
        net.eval()
        settings.make = norm
    make = maker_in(settings)
    print(make()(torch.ones(2, 4)).shape)


def by_its_mode(net, a):
    if a:
        net.eval()
    make = maker_for(net)
    print(make()(torch.ones(2, 4)).shape)


def by_a_mode_that_it_gives(net, a):
    if a:
        net.eval()
    was = mode_of(net)
    net.eval()
    net.train(was)
    print(net(torch.ones(2, 4)).shape)


def by_what_records(net, a):
    if a:
        torch.set_grad_enabled(False)
    net.train(recording())
    torch.set_grad_enabled(True)
    print(net(torch.ones(2, 4)).shape)


A = "a" in sys.argv
NET = block()
by_argument(NET, A)
NET.train()
by_object(NET, A)
NET.train()
by_what_it_reads(NET, A)
NET.train()
by_its_mode(NET, A)
NET.train()
by_a_mode_that_it_gives(NET, A)
NET.train()
by_what_records(NET, A)
