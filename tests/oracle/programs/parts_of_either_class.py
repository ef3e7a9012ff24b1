"""A constructor chooses the classes of its parts by flags that nobody knows; the whole switches whichever it chose."""

import sys

import torch
from torch import nn


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        return self.dropout(x)


class Normalised(nn.Module):
    def __init__(self):
        super().__init__()
        self.dropout = nn.Dropout(0.5)
        self.norm = nn.LayerNorm(3)

    def forward(self, x):
        return self.norm(self.dropout(x))


class Block(nn.Module):
    def __init__(self, normalise):
        super().__init__()
        if normalise:
            self.inner = Normalised()
        else:
            self.inner = Plain()
        self.linear = nn.Linear(3, 3)

    def forward(self, x):
        return self.linear(self.inner(x))


class Network(nn.Module):
    def __init__(self, first, second, third, fourth):
        super().__init__()
        self.first = Block(first)
        self.second = Block(second)
        self.third = Block(third)
        self.fourth = Block(fourth)

    def forward(self, x):
        return self.fourth(self.third(self.second(self.first(x))))


def train(model, optimizer, data):
    model.train()
    for x in data:
        optimizer.zero_grad()
        model(x).sum().backward()
        optimizer.step()


def evaluate(model, data):
    model.eval()
    with torch.no_grad():
        for x in data:
            print(model(x).sum().item())


def main():
    flags = [name in sys.argv for name in ("--first", "--second", "--third", "--fourth")]
    data = [torch.ones(2, 3) for _ in range(2)]
    model = Network(*flags)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        train(model, optimizer, data)
        evaluate(model, data)
    x = data[0]
    model(x).sum().backward()  # expect: ML103
    optimizer.step()


if __name__ == "__main__":
    main()
