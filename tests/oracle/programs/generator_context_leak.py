"""A context manager that only goes to eval mode."""

import contextlib

import torch
from torch import nn


@contextlib.contextmanager
def inference(model):
    model.eval()
    with torch.no_grad():
        yield


model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    loss = model(torch.randn(2, 4)).pow(2).sum()  # expect: ML103
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with inference(model):
        print(model(torch.ones(1, 4)).sum().item())
