"""A flag from the command line, tested twice: the second test agrees with the first."""
# oracle: runs: 0, 1

import sys

import torch
from torch import nn

look = sys.argv[1] == "1"
model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    if look:
        model.eval()
        with torch.no_grad():
            print(model(torch.ones(1, 4)).sum())
    if look:
        model.train()
    loss = model(torch.randn(2, 4)).pow(2).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
