"""A moving average of the weights, evaluated in eval mode while the model itself stays in train mode."""

import copy

import torch
from torch import nn


class Average:
    def __init__(self, model, decay):
        self.module = copy.deepcopy(model)
        self.module.eval()
        self.decay = decay

    @torch.no_grad()
    def update(self, model):
        for mine, theirs in zip(self.module.parameters(), model.parameters()):
            mine.mul_(self.decay).add_(theirs, alpha=1 - self.decay)


model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.3))
average = Average(model, 0.9)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    loss = model(torch.randn(2, 4)).pow(2).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    average.update(model)
    with torch.no_grad():
        print(average.module(torch.ones(1, 4)).sum().item())
