"""The closure that predicts leaves eval mode to the loop around it."""

import torch
from torch import nn


def main():
    model = nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

    def peek(x):
        model.eval()
        with torch.no_grad():
            print(model(x).sum().item())

    for _ in range(3):
        x = torch.randn(2, 3)
        loss = model(x).mean()  # expect: ML103
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        peek(x)


main()
