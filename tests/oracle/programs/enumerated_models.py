"""A mode call on what `enumerate` or `zip` gives of a list of models reaches each of them."""

import torch
from torch import nn


def fit(net, x):
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    optimizer.zero_grad()
    net(x).sum().backward()
    optimizer.step()


def look(nets, x):
    with torch.no_grad():
        for net in nets:
            print(net(x))


def main(x):
    nets = []
    for _ in range(3):
        net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        fit(net, x)
        nets.append(net)
    for number, net in enumerate(nets):
        net.eval()
        print(number)
    look(nets, x)
    for net, name in zip(nets, "abcd"):
        net.train()
        print(name)
    for net in nets:
        fit(net, x)


torch.manual_seed(0)
main(torch.ones(2, 4))
