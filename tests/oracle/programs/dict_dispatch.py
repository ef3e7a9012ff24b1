"""Phases through a dict of functions, one of which forgets to go to eval mode."""

import torch
from torch import nn


def train(model, optimizer, x):
    model.train()
    optimizer.zero_grad()
    model(x).mean().backward()
    optimizer.step()


def evaluate(model, optimizer, x):
    with torch.no_grad():
        print(model(x).argmax(1))  # expect: ML104


ACTIONS = {"train": train, "evaluate": evaluate}

net = nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.2))
sgd = torch.optim.SGD(net.parameters(), lr=0.1)
for action in ("train", "evaluate"):
    ACTIONS[action](net, sgd, torch.randn(2, 3))
