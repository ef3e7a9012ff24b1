# oracle: runs: , on
"""A flag that is compared with True or False, and the same flag by itself."""

import argparse

import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("frozen", nargs="?", type=bool, default=False)
options = parser.parse_args()


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def step(net, x):
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    optimizer.zero_grad()
    net(x).sum().backward()
    optimizer.step()


def main(x):
    first, second, third, fourth = block(), block(), block(), block()
    step(fourth, x)
    if options.frozen:
        first.eval()
        second.eval()
        third.eval()
    else:
        fourth.eval()
    if options.frozen == False:  # noqa: E712
        step(first, x)
    if options.frozen is True:
        with torch.no_grad():
            print(second(x))
    else:
        step(second, x)
    if options.frozen != True:  # noqa: E712
        step(third, x)
    if options.frozen is not False:
        with torch.no_grad():
            print(fourth(x))  # expect: ML104


torch.manual_seed(0)
main(torch.ones(2, 4))
