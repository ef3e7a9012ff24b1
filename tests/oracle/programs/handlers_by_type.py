"""An exception passes a handler of another type."""
# oracle: runs: none, a
# oracle: unknowns: which handler an exception reaches

import sys

import torch
from torch import nn


class Stop(Exception):
    pass


class Other(Exception):
    pass


def main(a):
    net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
    try:
        try:
            net.eval()
            if a:
                raise Stop
        except Other:
            net.train()
        print(net(torch.ones(2, 4)).shape)
    except Stop:
        print(net(torch.ones(2, 4)).shape)


main("a" in sys.argv)
