"""A list or a dict equals no number and no string."""

import torch
from torch import nn


def stage(number, parts):
    stage = []
    for part in parts:
        stage.append(part(stage))
    return nn.Sequential(*stage)


def part(stage):
    net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
    if stage == 2:
        net.eval()
    if {"stage": stage} != "stage":
        net[1].p = 0.1
    else:
        net.eval()
    return net


net = stage(2, [part, part])
print(net(torch.ones(2, 4)).shape)
