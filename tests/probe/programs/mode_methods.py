"""Mode methods that are named, called, handed on."""

import operator

import torch
from torch import nn


class Careful(nn.Module):
    """Switches itself, or so it seems."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5), nn.Linear(4, 2))

    def forward(self, x):
        return self.net(x)

    def switch(self):
        self.net.eval  # expect: ML105 "`self.net.eval` is not called"
        return self


def train(model):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        model(torch.randn(2, 4)).sum().backward()
        optimizer.step()


def main():
    model = Careful()
    model.train  # expect: ML105
    train(model)
    model.switch()
    switch = model.eval
    switch()
    operator.methodcaller("eval")(model)
    model.eval()


main()
