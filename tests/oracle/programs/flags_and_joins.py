"""What differs by a flag stays apart behind the branch: modes, models, freezing, gradients, several tests at once."""
# oracle: runs: none, a, b, a b

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def norm():
    return nn.Sequential(nn.BatchNorm1d(4))


def joined_modes(a):
    net = block()
    if a:
        net.eval()
    print(net(torch.ones(2, 4)).shape)
    if a:
        net.train()
    print(net(torch.ones(2, 4)).shape)


def both_tests(a, b):
    net = block()
    if a and not b:
        net.eval()
    if a:
        if not b:
            print(net(torch.ones(2, 4)).shape)
    if not a or b:
        print(net(torch.ones(2, 4)).shape)
    either = a or b
    if either:
        net.train()
    else:
        net.eval()
    if not a and not b:
        print(net(torch.ones(2, 4)).shape)
    if a:
        print(net(torch.ones(2, 4)).shape)


def which_model(a):
    first, second = block(), norm()
    if a:
        net = first
    else:
        net = second
    net.eval()
    if a:
        print(first(torch.ones(2, 4)).shape)
    else:
        print(second(torch.ones(2, 4)).shape)
    if not a:
        print(first(torch.ones(2, 4)).shape)


def by_string(a):
    phase = "train" if a else "val"
    net = block()
    net.train(phase == "train")
    if phase != "train":
        print(net(torch.ones(2, 4)).shape)
    if phase == "val":
        print(net(torch.ones(2, 4)).shape)
    else:
        print(net(torch.ones(2, 4)).shape)


def gradients(a):
    net = block()
    torch.set_grad_enabled(a)
    print(net(torch.ones(2, 4)).shape)
    torch.set_grad_enabled(True)
    with torch.no_grad():
        print(net(torch.ones(2, 4)).shape)
    print(net(torch.ones(2, 4)).shape)


def read_and_given_back(a):
    net = nn.ModuleDict({"first": block(), "second": norm()})
    net["first"].eval()
    if a:
        net.eval()
    modes = [(each, each.training) for each in net.modules()]
    net.train()
    print(net["first"](torch.ones(2, 4)).shape)
    for each, mode in modes:
        each.training = mode
    print(net["first"](torch.ones(2, 4)).shape)
    print(net["second"](torch.ones(2, 4)).shape)
    before = net["second"].training
    net["second"].eval()
    if before:
        net["second"].train()
    print(net["second"](torch.ones(2, 4)).shape)


def tests_of_classes(a):
    nets = [block(), norm()]
    for net in nets:
        for layer in net:
            if isinstance(layer, nn.Dropout):
                layer.eval()
            elif isinstance(layer, (nn.Linear, nn.LayerNorm)):
                layer.train()
            elif isinstance(layer, nn.modules.batchnorm._BatchNorm):
                layer.train(a)
    print(nets[0](torch.ones(2, 4)).shape)
    print(nets[1](torch.ones(2, 4)).shape)


def many(a, b):
    nets = [block(), norm(), block(), norm()]
    for position, flag in enumerate((a, b, not a, not b)):
        nets[position].train(flag)
    if a:
        print(nets[0](torch.ones(2, 4)).shape)
        print(nets[2](torch.ones(2, 4)).shape)
    if b:
        print(nets[1](torch.ones(2, 4)).shape)
        print(nets[3](torch.ones(2, 4)).shape)


A, B = "a" in sys.argv, "b" in sys.argv
joined_modes(A)
both_tests(A, B)
which_model(A)
by_string(A)
gradients(A)
read_and_given_back(A)
tests_of_classes(A)
many(A, B)
