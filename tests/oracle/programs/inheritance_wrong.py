"""The subclass overrides the method that would have restored the mode."""

import torch
from torch import nn


class Base:
    def __init__(self, model):
        self.model = model
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)

    def run(self):
        for _ in range(2):
            self.before_epoch()
            loss = self.model(torch.randn(2, 4)).pow(2).sum()  # expect: ML103
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            self.evaluate()

    def before_epoch(self):
        self.model.train()

    def evaluate(self):
        self.model.eval()
        with torch.no_grad():
            print(self.model(torch.ones(1, 4)).sum().item())


class Quiet(Base):
    def before_epoch(self):
        pass


Quiet(nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))).run()
