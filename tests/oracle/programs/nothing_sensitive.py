"""A model that works the same in both modes: nothing to say, whatever mode it is in."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.LayerNorm(4), nn.GELU(), nn.Dropout(0.0), nn.Linear(4, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    model(torch.randn(2, 4)).pow(2).sum().backward()
    optimizer.step()
    model.eval()
    with torch.no_grad():
        print(model(torch.ones(1, 4)).argmax(1))
