"""A method that looks at the mode is called from two states that differ in it: in one it does nothing, in the other it trains."""
# oracle: runs: none, train

import sys

import torch
from torch import nn


class Trainer(nn.Module):
    def __init__(self):
        super().__init__()
        self.model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)

    def step_if_frozen(self):
        if not self.model.training:
            self.optimizer.zero_grad()
            self.model(torch.randn(2, 4)).pow(2).sum().backward()  # expect: ML103
            self.optimizer.step()

    def run(self, train):
        self.train(train)
        self.step_if_frozen()


Trainer().run("train" in sys.argv)
