"""An optimizer that gets a closure."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
optimizer = torch.optim.LBFGS(model.parameters(), max_iter=2)
x = torch.randn(4, 4)


def closure():
    optimizer.zero_grad()
    loss = model(x).pow(2).sum()
    loss.backward()
    return loss


for _ in range(2):
    model.train()
    optimizer.step(closure)
    model.eval()
    with torch.no_grad():
        print(model(x).sum())
