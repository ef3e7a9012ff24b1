"""Models that are made in one of two ways each: more ways than are kept apart, and each model is one all the same."""
# oracle: runs: none, a, b, c, d, a b, a c, b c, a d, b d, c d, a b c d

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def wide():
    return nn.Sequential(nn.Linear(4, 8), nn.Linear(8, 4), nn.Dropout(0.5))


def made(a, b, c, d):
    first = block() if a else wide()
    second = block() if b else wide()
    third = block() if c else wide()
    fourth = block() if d else wide()
    first.eval()
    second.eval()
    third.eval()
    fourth.eval()
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)
    print(third(torch.ones(2, 4)).shape)
    print(fourth(torch.ones(2, 4)).shape)


def kept(a):
    nets = []
    if a:
        net = block()
        nets.append(net)
    else:
        net = wide()
        nets.append(net)
    nets[0].eval()
    print(net(torch.ones(2, 4)).shape)


def run_back(a):
    if a:
        net = block()
        net(torch.ones(2, 4)).sum().backward()
    else:
        net = wide()
        net(torch.ones(2, 4)).sum().backward()
    torch.optim.SGD(net.parameters(), lr=0.1).step()


def one_of_many(kind):
    if kind == "a":
        net = wide()
    elif kind == "b":
        net = block()
    elif kind == "c":
        net = wide()
    elif kind == "d":
        net = block()
    elif kind == "e":
        net = wide()
    elif kind == "f":
        net = block()
    elif kind == "g":
        net = wide()
    elif kind == "h":
        net = block()
    elif kind == "i":
        net = wide()
    else:
        net = block()
    net.load_state_dict(net.state_dict())
    with torch.no_grad():
        print(net(torch.ones(2, 4)).sum().item())  # expect: ML104
    net.eval()
    print(net(torch.ones(2, 4)).shape)


made("a" in sys.argv, "b" in sys.argv, "c" in sys.argv, "d" in sys.argv)
kept("a" in sys.argv)
run_back("a" in sys.argv)
one_of_many(sys.argv[-1])
