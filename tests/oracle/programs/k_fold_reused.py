"""The model is made once before the folds: from the second on it trains in eval mode."""

import torch
from torch import nn


def train(model, x):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        model(x).pow(2).sum().backward()  # expect: ML103
        optimizer.step()


def test(model, x):
    model.eval()
    with torch.no_grad():
        return model(x).sum().item()


model = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
for fold in range(3):
    train(model, torch.randn(4, 4))
    print(test(model, torch.randn(4, 4)))
