"""A context manager of the generator kind, with `try/finally` around its `yield`, left by `return`, `break` and normally."""

from contextlib import contextmanager

import torch
from torch import nn


@contextmanager
def evaluating(model):
    was_training = model.training
    model.eval()
    try:
        yield model
    finally:
        model.train(was_training)


def peek(model):
    with evaluating(model), torch.no_grad():
        return model(torch.ones(1, 4)).sum().item()


def search(model):
    for scale in (1.0, 2.0, 3.0):
        with evaluating(model):
            with torch.no_grad():
                value = model(torch.ones(1, 4) * scale).sum().item()
            if scale > 1.0:
                break
            print(value)


def main():
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        loss = model(torch.randn(2, 4)).pow(2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        peek(model)
        search(model)


main()
