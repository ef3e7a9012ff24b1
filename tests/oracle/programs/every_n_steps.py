"""Evaluation every other step, without a way back."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def evaluate():
    model.eval()
    with torch.no_grad():
        return model(torch.ones(1, 4)).sum().item()


for step in range(4):
    loss = model(torch.randn(2, 4)).pow(2).sum()  # expect: ML103
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 2 == 1:
        print(evaluate())
