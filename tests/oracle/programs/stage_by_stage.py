"""A loop can end only in an iteration that is not followed any more: there its count is anything."""

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def stage_by_stage():
    first, second, third = block(), block(), block()
    left = 3
    while left > 0:
        if first.training:
            first.eval()
            left = 2
        elif second.training:
            second.eval()
            left = 2
        elif third.training:
            third.eval()
            left = 2
        else:
            left = 0
    print(first(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)
    print(third(torch.ones(2, 4)).shape)


stage_by_stage()
