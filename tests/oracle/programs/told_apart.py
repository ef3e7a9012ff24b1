"""Objects that a name may stand for are told apart where a model of theirs is used, and stay so for the callers."""
# oracle: runs: none, callee, attribute, context, orders, flag, callee attribute context orders flag

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


class Holder:
    def __init__(self, net):
        self.net = net


class Owner:
    def __init__(self, holder):
        self.holder = holder


class Entered:
    def __init__(self, net):
        self.net = net

    def __enter__(self):
        self.net.eval()

    def __exit__(self, *error):
        pass


def switch(holder):
    holder.net.eval()


def by_a_callee(a):
    first, second = Holder(block()), Holder(block())
    holder = first if a else second
    switch(holder)
    print(holder.net(torch.ones(2, 4)).shape)
    print(first.net(torch.ones(2, 4)).shape)
    first.net.train()
    second.net.train()


def in_an_attribute(a):
    first, second = Holder(block()), Holder(block())
    owner = Owner(first if a else second)
    owner.holder.net.eval()
    print(owner.holder.net(torch.ones(2, 4)).shape)
    print(first.net(torch.ones(2, 4)).shape)
    first.net.train()
    second.net.train()


def as_a_context(a):
    first, second = block(), block()
    context = Entered(first) if a else Entered(second)
    with context:
        print(first(torch.ones(2, 4)).shape)
        print(second(torch.ones(2, 4)).shape)
    first.train()
    second.train()


def in_two_orders(a):
    first, second = block(), block()
    pair = [first, second] if a else [second, first]
    one, other = pair
    one.eval()
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)


def one_flag_of_two(a):
    net = block()
    flag = True if a else False
    net.train(flag)
    print(net(torch.ones(2, 4)).shape)


by_a_callee("callee" in sys.argv)
in_an_attribute("attribute" in sys.argv)
as_a_context("context" in sys.argv)
in_two_orders("orders" in sys.argv)
one_flag_of_two("flag" in sys.argv)
