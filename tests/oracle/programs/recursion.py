"""Recursion over parts and over epochs."""

import torch
from torch import nn


def set_dropout(module, training):
    for child in module.children():
        if isinstance(child, nn.Dropout):
            child.train(training)
        set_dropout(child, training)


def run(model, optimizer, epochs):
    if epochs == 0:
        return
    loss = model(torch.randn(2, 4)).pow(2).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    run(model, optimizer, epochs - 1)


model = nn.Sequential(nn.Linear(4, 4), nn.Sequential(nn.Dropout(0.5), nn.Linear(4, 4)))
run(model, torch.optim.SGD(model.parameters(), lr=0.1), 3)
set_dropout(model, False)
with torch.no_grad():
    print(model(torch.ones(1, 4)).sum())
