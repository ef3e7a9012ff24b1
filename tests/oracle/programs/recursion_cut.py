"""A recursion that is too deep to be followed: what it does at its end is unknown, not nothing."""
# oracle: unknowns: how deep the recursion goes

import torch
from torch import nn


def descend(net, depth):
    if depth == 0:
        net.eval()
        return
    descend(net, depth - 1)


net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
descend(net, 60)
print(net(torch.ones(2, 4)).shape)
