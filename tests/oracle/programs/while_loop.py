"""A `while` loop with patience; eval mode is left only where training goes on."""

import torch
from torch import nn


def main(epochs):
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    epoch = 0
    while epoch < epochs:
        model.train()
        loss = model(torch.randn(2, 4)).pow(2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        model.eval()
        with torch.no_grad():
            print(model(torch.ones(1, 4)).sum().item())
        epoch += 1
    with torch.no_grad():
        print(model(torch.zeros(1, 4)).sum().item())


main(3)
