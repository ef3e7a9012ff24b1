"""What the property of a flag says is what the flag is."""

import torch
from torch import nn


class Trainer:
    def __init__(self):
        self.net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=0.1)
        self._is_training = True

    @property
    def is_training(self):
        return self._is_training

    def is_evaluating(self):
        return not self._is_training

    def step(self, x):
        if self.is_training:
            self.optimizer.zero_grad()
            self.net(x).sum().backward()
            self.optimizer.step()
        if self.is_evaluating():
            print(self.net(x).sum().item())

    def train(self, batches):
        self._is_training = True
        self.net.train()
        for x in batches:
            self.step(x)

    def test(self, batches):
        self._is_training = False
        self.net.eval()
        with torch.no_grad():
            for x in batches:
                self.step(x)


trainer = Trainer()
for _ in range(2):
    trainer.train([torch.ones(2, 4), torch.ones(2, 4)])
    trainer.test([torch.ones(2, 4)])
