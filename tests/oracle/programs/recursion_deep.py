"""A function that goes down a tree of modules deeper than any budget of activations of one function."""

import torch
from torch import nn


class Inner(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.layers = nn.ModuleDict({"linear": nn.Linear(3, 3), "drop": nn.Dropout(p)})

    def forward(self, x):
        return self.layers["drop"](self.layers["linear"](x))


class Outer(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Sequential(Inner(0.1), Inner(0.2))
        self.norm = nn.BatchNorm1d(3)

    def forward(self, x):
        return self.norm(self.first(x))


def descend(module, flag):
    for child in module.children():
        if isinstance(child, nn.Dropout):
            child.train(flag)
        descend(child, flag)


model = Outer()
descend(model, False)
print(model(torch.ones(2, 3)).sum())
