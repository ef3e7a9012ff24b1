"""The elements that a loop visits: all of a few, each apart, the first one apart from the later ones."""
# oracle: runs: 1, 0, 1 0, 0 1, 1 1 0, 0 0 1

import sys
from types import SimpleNamespace

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def switch_of(net):
    def switch():
        net.eval()

    return switch


def all_of_a_few(words):
    first, second = block(), block()
    nets = []
    for word in words[:1]:
        nets.extend([first, second])
    for net in nets:
        net.eval()
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)


def each_apart():
    nets = []
    for name in ("one", "two"):
        net = block()
        if name == "one":
            net.eval()
        nets.append(net)
    print(nets[0](torch.ones(2, 4)).shape)
    print(nets[1](torch.ones(2, 4)).shape)


def with_what_they_hold():
    first, second = block(), block()
    switches = []
    for net in (first, second):
        switches.append(switch_of(net))
    switches[0]()
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)
    holders = []
    for net in (first, second):
        holders.append(SimpleNamespace(net=net))
    holders[1].net.eval()
    holders[0].net.train()
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)
    pairs = []
    for net in (first, second):
        pairs.append({"net": net})
    pairs[0]["net"].eval()
    pairs[1]["net"].train()
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)


def later_ones(words):
    net = block()
    for index, word in enumerate(words):
        print(net(torch.ones(2, 4)).shape)
        if index > 0:
            net.eval()


WORDS = sys.argv[1:]
all_of_a_few(WORDS)
each_apart()
with_what_they_hold()
later_ones(WORDS)
