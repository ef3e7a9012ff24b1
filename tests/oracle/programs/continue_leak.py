"""`continue` jumps over the way back."""

import torch
from torch import nn


def main(steps):
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for step in steps:
        loss = model(torch.randn(2, 4)).pow(2).sum()  # expect: ML103
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        model.eval()
        with torch.no_grad():
            value = model(torch.ones(1, 4)).sum().item()
        if step % 2:
            continue
        print(value)
        model.train()


main(range(4))
