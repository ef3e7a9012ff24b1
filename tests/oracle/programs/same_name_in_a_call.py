"""A loop on one path leaves a variable behind that holds a model; a function that is called from there, or later, has a parameter of that name,
with the same model in it, and tests what decided the path."""
# oracle: runs: none, quick, deep, quick deep

import sys

import torch
from torch import nn


def report(net, deep):
    net.eval()
    try:
        if deep:
            return 0.0
        return 1.0
    finally:
        net.train()


def go_on(net, quick):
    if quick:
        net.train()


class Trainer:
    def __init__(self, quick, deep):
        self.quick, self.deep = quick, deep
        self.model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)

    def step(self):
        self.optimizer.zero_grad()
        self.model(torch.randn(2, 4)).pow(2).sum().backward()
        self.optimizer.step()

    def epoch(self):
        if self.quick:
            self.step()
            report(self.model, self.deep)
        if not self.quick:
            for net in {"model": self.model}.values():
                print(type(net))
        self.model.eval()
        go_on(self.model, self.quick)
        if self.quick:
            self.step()

    def run(self):
        for _ in range(3):
            self.epoch()


Trainer("quick" in sys.argv, "deep" in sys.argv).run()
