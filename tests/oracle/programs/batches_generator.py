"""A generator of batches, endless, cut by a counter."""

import torch
from torch import nn


def batches():
    while True:
        yield torch.randn(2, 4)


model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model.train()
for step, x in enumerate(batches()):
    if step >= 3:
        break
    loss = model(x).pow(2).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
model.eval()
with torch.no_grad():
    print(model(next(batches())).sum())
