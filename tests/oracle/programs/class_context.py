"""A context manager of the class kind that remembers and restores."""

import torch
from torch import nn


class EvalMode:
    def __init__(self, model):
        self.model = model

    def __enter__(self):
        self.was_training = self.model.training
        self.model.eval()
        return self.model

    def __exit__(self, *error):
        self.model.train(self.was_training)


def main():
    model = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        loss = model(torch.randn(2, 4)).pow(2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with EvalMode(model) as frozen, torch.no_grad():
            print(frozen(torch.ones(1, 4)).sum().item())


main()
