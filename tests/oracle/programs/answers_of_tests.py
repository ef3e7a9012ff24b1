"""A variable that is true where a test holds and false where it does not is that test."""
# oracle: runs: none, a, b, a b, a a, b a

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(0.5))


def asked_in_each_iteration(a):
    net = block()
    for _ in range(4):
        flag = not a
        net.train()
        net.train(flag)
    print(net(torch.randn(2, 4)).shape)


def answered_by_hand(a):
    net = block()
    if a:
        flag = False
    else:
        flag = True
    net.train(flag)
    if a:
        print(net(torch.randn(2, 4)).shape)
    else:
        print(net(torch.randn(2, 4)).shape)


def one_of_three(a, b):
    net = block()
    if a:
        flag = True
    elif b:
        flag = False
    else:
        flag = True
    net.train(flag)
    print(net(torch.randn(2, 4)).shape)


def the_same_on_both_ways(a):
    net = block()
    if a:
        flag = False
    else:
        flag = False
    net.train(flag)
    print(net(torch.randn(2, 4)).shape)


def of_the_last_element():
    net = block()
    flag = False
    for argument in sys.argv[1:]:
        net.train(flag)
        if argument == "a":
            print(net(torch.randn(2, 4)).shape)
        else:
            print(net(torch.randn(2, 4)).shape)
        if argument == "a":
            flag = True
        else:
            flag = False


the_same_on_both_ways("a" in sys.argv)
one_of_three("a" in sys.argv, "b" in sys.argv)
asked_in_each_iteration("a" in sys.argv)
answered_by_hand("a" in sys.argv)
of_the_last_element()
