"""Every iteration of a loop undoes what the last one did."""
# oracle: unknowns: whether the number of iterations is even

import torch
from torch import nn


def flipped(times):
    net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
    for _ in times:
        if net.training:
            net.eval()
        else:
            net.train()
    print(net(torch.ones(2, 4)).shape)


flipped(range(4))
flipped(range(5))
