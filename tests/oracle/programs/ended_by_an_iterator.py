"""Loops that end where an iterator does: what follows is reached, and no first iteration finds the iterator at its end."""

import torch
from torch import nn


def evaluate(model, batches):
    rest = iter(batches)
    model.eval()
    while True:
        try:
            x = next(rest)
        except StopIteration:
            break
        with torch.no_grad():
            print(model(x))


def train(model, optimizer, batches):
    rest = iter(batches)
    while True:
        try:
            x = next(rest)
            model.train()
        except StopIteration:
            break
        optimizer.zero_grad()
        model(x).sum().backward()
        optimizer.step()


def main():
    torch.manual_seed(0)
    batches = [torch.randn(2, 4) for _ in range(3)]
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    model.load_state_dict(nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5)).state_dict())
    evaluate(model, batches)
    train(model, optimizer, batches)
    optimizer.zero_grad()
    model(batches[0]).sum().backward()
    optimizer.step()
    evaluate(model, batches)
    optimizer.zero_grad()
    model(batches[0]).sum().backward()  # expect: ML103
    optimizer.step()


main()
