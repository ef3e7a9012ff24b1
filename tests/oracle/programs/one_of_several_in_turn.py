# oracle: runs: plain, noisy
"""Which of two objects a method is called on says which one the next is called on."""

import sys

import torch
from torch import nn


class Plain:
    def __init__(self):
        self.net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=0.1)

    def begin(self):
        self.net.train()

    def step(self, x):
        self.optimizer.zero_grad()
        self.net(x).sum().backward()
        self.optimizer.step()

    def end(self, x):
        self.net.eval()
        with torch.no_grad():
            print(self.net(x))


class Noisy(Plain):
    def begin(self):
        super().begin()

    def step(self, x):
        self.optimizer.zero_grad()
        self.net(x + torch.randn(x.shape)).sum().backward()
        self.optimizer.step()

    def end(self, x):
        super().end(x)


def main(name, x):
    learner = None
    if name == "plain":
        learner = Plain()
    elif name == "noisy":
        learner = Noisy()
    for _ in range(3):
        learner.begin()
        for _ in range(2):
            learner.step(x)
        learner.end(x)


torch.manual_seed(0)
main(sys.argv[1], torch.ones(2, 4))
