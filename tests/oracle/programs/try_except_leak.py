"""An explicit exception leaves the evaluation before its way back, and the loop goes on."""

import torch
from torch import nn


class Bad(Exception):
    pass


def evaluate(model, x):
    model.eval()
    with torch.no_grad():
        value = model(x).sum().item()
    if value > 0:
        raise Bad(value)
    model.train()


def main():
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for scale in (1.0, -1.0, 1.0, -1.0):
        loss = model(torch.randn(2, 4)).pow(2).sum()  # expect: ML103
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        try:
            evaluate(model, torch.ones(1, 4) * scale)
            evaluate(model, -torch.ones(1, 4) * scale)
        except Bad as error:
            print(error)


main()
