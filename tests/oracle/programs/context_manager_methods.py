"""Context managers that are methods: one restores the mode of its object's model, the other forgets to."""

from contextlib import contextmanager

import torch
from torch import nn


class Fitter:
    def __init__(self):
        self.model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)

    @contextmanager
    def evaluating(self):
        self.model.eval()
        yield
        self.model.train()

    @contextmanager
    def evaluating_for_good(self):
        self.model.eval()
        yield

    def fit(self, batches):
        for x in batches:
            self.optimizer.zero_grad()
            self.model(x).pow(2).mean().backward()
            self.optimizer.step()
            with self.evaluating(), torch.no_grad():
                print(self.model(x).mean().item())

    def fit_once_more(self, batches):
        for x in batches:
            self.optimizer.zero_grad()
            self.model(x).pow(2).mean().backward()  # expect: ML103
            self.optimizer.step()
            with self.evaluating_for_good(), torch.no_grad():
                print(self.model(x).mean().item())


batches = [torch.randn(4, 4) for _ in range(3)]
Fitter().fit(batches)
Fitter().fit_once_more(batches)
