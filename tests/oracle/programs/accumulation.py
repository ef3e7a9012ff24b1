"""Gradients accumulate over two batches; an evaluation between them leaves eval mode to the second."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(2):
    model.train()
    optimizer.zero_grad()
    first = model(torch.randn(2, 4)).pow(2).sum() / 2
    first.backward()
    model.eval()
    with torch.no_grad():
        print(model(torch.ones(1, 4)).sum().item())
    second = model(torch.randn(2, 4)).pow(2).sum() / 2  # expect: ML103
    second.backward()
    optimizer.step()
