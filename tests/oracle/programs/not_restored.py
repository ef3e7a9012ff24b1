"""Evaluation leaves eval mode behind; the second epoch trains in it."""

import torch
from torch import nn


def evaluate(model, loader):
    model.eval()
    total = 0.0
    with torch.no_grad():
        for x, y in loader:
            total += nn.functional.cross_entropy(model(x), y).item()
    return total


def main():
    loader = [(torch.randn(4, 4), torch.randint(0, 2, (4,))) for _ in range(2)]
    model = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 2))
    optimizer = torch.optim.Adam(model.parameters())
    model.train()
    for epoch in range(2):
        for x, y in loader:
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(x), y)  # expect: ML103
            loss.backward()
            optimizer.step()
        print(evaluate(model, loader))


main()
