"""Overrides of `train` that keep a layer in eval mode, and that nothing calls, or not before training."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))

    def forward(self, x):
        return self.net(x)


class Frozen(Net):
    def train(self, mode=True):  # expect: ML110 "`Frozen.train` keeps a layer in eval mode, but nothing calls it"
        super().train(mode)
        print("frozen")
        for parameter in self.net[1].requires_grad_(False).parameters():
            parameter.data.zero_()
        self.net[1].eval()
        return self


class CallsIt(Net):
    """Its parts may run by themselves."""

    def __init__(self):
        super().__init__()
        self.train()

    def train(self, mode=True):
        super().train(mode)
        self.keep()
        return self

    def keep(self):
        self.net[1].eval()


class Flagged(Net):
    def __init__(self, freeze):
        super().__init__()
        self.freeze = freeze

    def train(self, mode=True):
        super().train(mode)
        if self.freeze:
            self.net[1].eval()
        return self


def fit(model):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(3):
        optimizer.zero_grad()
        model(torch.randn(8, 4)).pow(2).sum().backward()
        optimizer.step()
    print(sum(parameter.sum().item() for parameter in model.parameters()).hex())
    print([parameter.requires_grad for parameter in model.parameters()], [part.training for part in model.modules()])


def fit_parts(model):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(3):
        optimizer.zero_grad()
        model.net[1](model.net[0](torch.randn(8, 4))).pow(2).sum().backward()
        optimizer.step()


def main():
    torch.manual_seed(0)
    fit(nn.Sequential(Frozen(), nn.Linear(4, 2)))
    fit(Flagged(freeze=False))
    fit(CallsIt())
    fit_parts(CallsIt())
    called = Flagged(freeze=True)
    called.train()
    fit(called)


main()
