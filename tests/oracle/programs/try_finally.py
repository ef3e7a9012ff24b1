"""`finally` brings train mode back, whatever happens."""

import torch
from torch import nn


def evaluate(model, x, stop):
    model.eval()
    try:
        with torch.no_grad():
            value = model(x).sum().item()
        if stop:
            return 0.0
        if value != value:
            raise ValueError("not a number")
        return value
    finally:
        model.train()


def main():
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for stop in (False, True, False):
        loss = model(torch.randn(2, 4)).pow(2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        try:
            evaluate(model, torch.ones(1, 4) * (float("nan") if stop is None else 1.0), stop)
        except ValueError as error:
            print(error)


main()
