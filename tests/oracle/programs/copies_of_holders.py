"""Copies of what holds models have models of their own, unless they are shallow."""

import copy
import random

import torch
from torch import nn


class Holder:
    def __init__(self, model):
        self.model = model
        self.pair = (model, "a name")
        self.itself = self


class Chosen(nn.Module):
    def __init__(self, number):
        super().__init__()
        if number:
            self.layers = nn.ModuleList([nn.Linear(4, 4), nn.Dropout(0.5)])
        else:
            self.layers = nn.ModuleList([nn.Dropout(0.5), nn.Linear(4, 4), nn.ReLU()])

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def net():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def fit(model, x):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    optimizer.zero_grad()
    model(x).sum().backward()
    optimizer.step()


def fit_what_is_shared(model, x):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    optimizer.zero_grad()
    model(x).sum().backward()  # expect: ML103
    optimizer.step()


def main(x):
    holder = Holder(net())
    other = copy.deepcopy(holder)
    other.model.eval()
    fit(holder.model, x)
    other.itself.pair[0].train()
    fit(other.model, x)

    pair = (net(), net())
    copied = copy.deepcopy(pair)
    copied[0].eval()
    fit(pair[0], x)

    several = [net() for _ in range(random.randint(3, 5))]
    for each in copy.deepcopy(several):
        each.eval()
    for each in several:
        fit(each, x)

    model = Chosen(random.randint(0, 1))
    average = copy.deepcopy(model)
    average.eval()
    fit(model, x)

    one = net() if random.random() < 0.5 else Chosen(1)
    another = copy.deepcopy(one)
    another.eval()
    fit(one, x)

    nets = {"a": net()}
    same = copy.copy(nets)
    same["a"].eval()
    fit_what_is_shared(nets["a"], x)

    shared = net()
    shallow = copy.copy(shared)
    shallow.eval()
    fit_what_is_shared(shared, x)


torch.manual_seed(0)
main(torch.ones(2, 4))
