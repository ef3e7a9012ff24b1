"""The model is a global that functions reach by name and one of them replaces."""

import torch
from torch import nn

model = None
optimizer = None


def setup():
    global model, optimizer
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def train():
    loss = model(torch.randn(2, 4)).pow(2).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def test():
    model.eval()
    with torch.no_grad():
        print(model(torch.ones(1, 4)).sum())


for _ in range(2):
    setup()
    train()
    test()
