"""`while True` with a `break`, the mode set once before."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
steps = 0
model.train()
while True:
    loss = model(torch.randn(2, 4)).pow(2).sum()  # expect: ML103
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    steps += 1
    if steps % 2 == 0:
        model.eval()
        with torch.no_grad():
            print(model(torch.ones(1, 4)).sum().item())
    if steps == 4:
        break
