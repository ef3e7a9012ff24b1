"""An object notes whether it put its model in eval mode, and another of its methods looks at the note."""
# oracle: runs: none, quick

import sys

import torch
from torch import nn


class Trainer:
    def __init__(self, quick):
        self.quick = quick
        self.model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)

    def report(self):
        if self.quick:
            self.switched = False
        else:
            self.model.eval()
            self.switched = True

    def go_on(self):
        if self.switched:
            self.model.train()

    def run(self):
        for _ in range(3):
            self.optimizer.zero_grad()
            self.model(torch.randn(2, 4)).pow(2).sum().backward()
            self.optimizer.step()
            self.report()
            self.go_on()


Trainer("quick" in sys.argv).run()
