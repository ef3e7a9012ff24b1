"""A function that returns at once or runs a model, by a flag by which the states that call it differ."""
# oracle: runs: none, quick

import sys

import torch
from torch import nn


def show(net, quick):
    if quick:
        return
    print(net(torch.ones(2, 4)).shape)


def main(quick):
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
    other = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
    model.train(quick)
    show(other, quick)


main("quick" in sys.argv)
