# oracle: runs: 3 2, 4 3, 1 2, 2 1
"""An evaluation every few epochs, and after the last one in any case: what comes after the loop runs in its mode."""

import sys

import torch
from torch import nn

EPOCHS, EVERY = map(int, sys.argv[1:])


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def train(net, x):
    net.train()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        net(x).sum().backward()
        optimizer.step()


def evaluate(net, x):
    net.eval()
    with torch.no_grad():
        print(net(x).sum().item())


def from_one(x, epochs, every):
    net = block()
    for epoch in range(1, epochs + 1):
        train(net, x)
        if epoch % every == 0 or epoch == epochs:
            evaluate(net, x)
    with torch.no_grad():
        print(net(x))


def from_zero(x, epochs, every):
    net = block()
    for epoch in range(epochs):
        train(net, x)
        if (epoch + 1) % every != 0 and epoch != epochs - 1:
            continue
        evaluate(net, x)
    with torch.no_grad():
        print(net(x))


def enumerated(batches, every):
    net = block()
    for number, x in enumerate(batches):
        train(net, x)
        if number % every == 0 or number + 1 >= len(batches):
            evaluate(net, x)
    with torch.no_grad():
        print(net(torch.ones(2, 4)))


def never_the_last(x, epochs, every):
    net = block()
    for epoch in range(epochs):
        train(net, x)
        if epoch % every == every - 1 or epoch == epochs:
            evaluate(net, x)
    with torch.no_grad():
        print(net(x))  # expect: ML104


def not_just_one(x, epochs, every):
    net = block()
    for epoch in range(epochs):
        train(net, x)
        if every == 1:
            if epochs == 1:
                return
        else:
            evaluate(net, x)
    with torch.no_grad():
        print(net(x))  # expect: ML104


torch.manual_seed(0)
from_one(torch.ones(2, 4), EPOCHS, EVERY)
from_zero(torch.ones(2, 4), EPOCHS, EVERY)
enumerated([torch.ones(2, 4) for _ in range(EPOCHS)], EVERY)
never_the_last(torch.ones(2, 4), EPOCHS, EVERY)
not_just_one(torch.ones(2, 4), EPOCHS, EVERY)
