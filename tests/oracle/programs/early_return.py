"""An early return skips the way back."""

import torch
from torch import nn


def evaluate(model, batches, limit):
    model.eval()
    total = 0.0
    with torch.no_grad():
        for x in batches:
            total += model(x).sum().item()
            if total > limit:
                return total
    model.train()
    return total


def main():
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for limit in (1000.0, -1000.0, 1000.0):
        loss = model(torch.randn(2, 4)).pow(2).sum()  # expect: ML103
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        evaluate(model, [torch.randn(2, 4)], limit)


main()
