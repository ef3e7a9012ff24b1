"""What can be decided of constants, modes, lists and classes is decided, and nothing more."""
# oracle: runs: net, other

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


class Bag:
    def __init__(self, *nets):
        self.nets = nets

    def __iter__(self):
        return iter(self.nets)


class Switches:
    @classmethod
    def off(cls, net):
        net.eval()


class KeepsNorm(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(4)
        self.drop = nn.Dropout(0.5)

    def train(self, mode=True):
        super().train(mode)
        self.norm.eval()
        return self

    def forward(self, x):
        return self.drop(self.norm(x))


class KeepsBoth(KeepsNorm):
    def train(self, mode=True):
        super().train(mode)
        self.drop.eval()
        return self


class Own(torch.optim.Optimizer):
    def __init__(self, parameters):
        super().__init__(parameters, {})

    def step(self):
        for group in self.param_groups:
            for parameter in group["params"]:
                parameter.data = parameter.data - 0.1 * parameter.grad


def constants():
    net = block()
    for phase in ("train", "val"):
        net.train(phase in ("train", "fit"))
        if (phase, 1) == ("val", 1):
            print(net(torch.ones(2, 4)).shape)
        if phase == "train":
            print(net(torch.ones(2, 4)).shape)


def modes():
    net = block()
    net.eval()
    if net.training is True:
        print(net(torch.ones(2, 4)).shape)
    else:
        net.train()
    if net.training is False:
        net.eval()
    print(net(torch.ones(2, 4)).shape)


def truths():
    net, nets = block(), [block()]
    if not nets:
        net.eval()
    if not Switches():
        net.eval()
    print(net(torch.ones(2, 4)).shape)


def classes():
    net = nn.Sequential(nn.BatchNorm1d(4), nn.Dropout(0.5))
    for layer in net:
        if isinstance(layer, (nn.Dropout, (nn.BatchNorm1d, nn.BatchNorm2d))):
            layer.eval()
    print(net(torch.ones(2, 4)).shape)


def sums_and_rests():
    first, second, third = block(), block(), block()
    for net in (first,) + (second,):
        net.eval()
    print(second(torch.ones(2, 4)).shape)
    for net in [first] + [third]:
        net.train()
    print(third(torch.ones(2, 4)).shape)
    one, *others = [first, second, third]
    for net in others:
        net.eval()
    print(first(torch.ones(2, 4)).shape)
    print(third(torch.ones(2, 4)).shape)


def iterated():
    first, second = block(), block()
    for net in list(Bag(first, second)):
        net.eval()
    print(second(torch.ones(2, 4)).shape)


def class_methods():
    net = block()
    Switches().off(net)
    print(net(torch.ones(2, 4)).shape)


def three_levels():
    net = KeepsBoth()
    net.train()
    print(net(torch.ones(2, 4)).shape)


def overwritten(word):
    net = block()
    flags = {"net": True}
    flags[word] = False
    net.train(flags["net"])
    print(net(torch.ones(2, 4)).shape)


def own_optimizer():
    net = block()
    optimizer = Own(net.parameters())
    net(torch.ones(2, 4)).sum().backward()
    optimizer.step()


constants()
modes()
truths()
classes()
sums_and_rests()
iterated()
class_methods()
three_levels()
overwritten(sys.argv[1])
own_optimizer()
