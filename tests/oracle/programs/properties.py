"""The model behind a property."""

import torch
from torch import nn


class Trainer:
    def __init__(self, model):
        self._wrapped = [model]

    @property
    def model(self):
        return next(iter(self._wrapped))

    @property
    def evaluation_model(self):
        self.model.eval()
        return self.model


trainer = Trainer(nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5)))
optimizer = torch.optim.SGD(trainer.model.parameters(), lr=0.1)
for _ in range(2):
    loss = trainer.model(torch.randn(2, 4)).pow(2).sum()  # expect: ML103
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        print(trainer.evaluation_model(torch.ones(1, 4)).sum())
