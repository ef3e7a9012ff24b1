"""Two branches make different models; only one of the branches sets a mode."""

import torch
from torch import nn


def build(kind):
    if kind == "norm":
        model = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
    else:
        model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        model.eval()
    return model


for kind in ("norm", "drop"):
    model = build(kind)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        model(torch.randn(2, 4)).pow(2).sum().backward()  # expect: ML103
        optimizer.step()
