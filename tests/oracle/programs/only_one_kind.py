"""Dropout is kept alive for sampling while BatchNorm is in eval mode, by class and by a function given to `apply`."""

import torch
from torch import nn


def enable_dropout(module):
    if isinstance(module, nn.Dropout):
        module.train()


model = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    model(torch.randn(2, 4)).pow(2).sum().backward()
    optimizer.step()
model.eval()
model.apply(enable_dropout)
with torch.no_grad():
    samples = torch.stack([model(torch.ones(1, 4)) for _ in range(3)])  # ok: ML104
print(samples.std(0))
for module in model.modules():
    if isinstance(module, nn.Dropout):
        module.eval()
with torch.no_grad():
    print(model(torch.ones(1, 4)).mean())
