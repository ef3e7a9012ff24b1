"""A decorator made by a call, on a method; it forgets to restore."""

import functools

import torch
from torch import nn


def with_mode(training):
    def decorate(method):
        @functools.wraps(method)
        def wrapped(self, *args):
            self.model.train(training)
            return method(self, *args)

        return wrapped

    return decorate


class Runner:
    def __init__(self):
        self.model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)

    def step(self, x):
        loss = self.model(x).pow(2).sum()  # expect: ML103
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()

    @with_mode(False)
    @torch.no_grad()
    def show(self, x):
        print(self.model(x).sum())


runner = Runner()
for _ in range(2):
    runner.step(torch.randn(2, 4))
    runner.show(torch.randn(2, 4))
