"""Classes with modules in plain containers, and with a `train` of their own."""

import torch
from torch import nn


class Hidden(nn.Module):
    def __init__(self):
        super().__init__()
        layers = [nn.Linear(4, 4) for _ in range(2)]  # expect: ML111 "`parameters()`, `to()` and `train()`"
        self.layers = layers
        self.heads = {"a": nn.Linear(4, 2), "b": nn.Linear(4, 2)}  # expect: ML111
        self.first = nn.Linear(4, 4)

    def forward(self, x):
        x = self.first(x)
        for layer in self.layers:
            x = layer(x)
        return self.heads["a"](x)


class Registered(nn.Module):
    """The same modules are parts, or kept apart on purpose."""

    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(4, 4) for _ in range(2)]
        self.parts = nn.ModuleList(self.layers)
        self.box = [nn.Linear(4, 4)]
        self.frozen = [nn.Linear(4, 4).requires_grad_(False) for _ in range(2)]

    def forward(self, x):
        for layer in self.parts:
            x = layer(x)
        return x


class Drops(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))

    def forward(self, x):
        return self.net(x)

    def train(self, mode=True):  # expect: ML110 "drops the mode"
        super().train()
        return self


class Forgets(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        self.other = nn.Dropout(0.1)

    def forward(self, x):
        return self.net(x)

    def train(self, mode=True):  # expect: ML110 "does not call `super().train(mode)`"
        self.other.train(mode)
        return self


class ReturnsNothing(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))

    def forward(self, x):
        return self.net(x)

    def train(self, mode=True):  # expect: ML110 "does not return `self`"
        super().train(mode)


class Keeps(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))

    def forward(self, x):
        return self.net(x)

    def train(self, mode=True):
        super().train(mode)
        self.net[1].eval()
        return self


class Holder(nn.Module):
    def __init__(self):
        super().__init__()
        self.part = Drops()
        self.kept = Keeps()

    def forward(self, x):
        return self.kept(self.part(x))


def fit(model):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        model(torch.randn(2, 4)).sum().backward()
        optimizer.step()


def main():
    fit(Hidden())
    fit(Registered())
    for model in (Holder(), Forgets(), ReturnsNothing()):
        model.train()
        fit(model)
        model.eval()


main()
