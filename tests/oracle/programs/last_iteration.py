"""What only the last iteration does, no other iteration follows."""

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def evaluate(net):
    net.eval()
    with torch.no_grad():
        print(net(torch.ones(2, 4)).sum().item())


def by_the_index(batches):
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(2):
        net.train()
        for index, batch in enumerate(batches):
            optimizer.zero_grad()
            net(batch).sum().backward()
            optimizer.step()
            if index == len(batches) - 1:
                evaluate(net)


def by_the_number(batches):
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    total = len(batches)
    for _ in range(2):
        net.train()
        for number, batch in enumerate(batches, 1):
            optimizer.zero_grad()
            net(batch).sum().backward()
            optimizer.step()
            if number < total:
                continue
            evaluate(net)


def by_a_count(batches):
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(2):
        net.train()
        count = 0
        for batch in batches:
            optimizer.zero_grad()
            net(batch).sum().backward()
            optimizer.step()
            count += 1
            if count == len(batches):
                evaluate(net)


def not_put_back(batches):
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(2):
        for index, batch in enumerate(batches):
            optimizer.zero_grad()
            net(batch).sum().backward()  # expect: ML103
            optimizer.step()
            if index + 1 == len(batches):
                evaluate(net)


batches = [torch.ones(2, 4) for _ in range(5)]
by_the_index(batches)
by_the_number(batches)
by_a_count(batches)
not_put_back(batches)
