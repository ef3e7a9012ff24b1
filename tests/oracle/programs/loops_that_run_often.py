"""A loop over a range that is known ends after its last iteration, and not after the first."""

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def switched_by_the_second():
    first, second = block().eval(), block().eval()
    for _ in range(4):
        if first.training:
            second.train()
        first.train()
    print(second(torch.ones(2, 4)).shape)


def left_in_the_second():
    net = block().eval()
    for _ in range(4):
        if net.training:
            break
        net.train()
    else:
        print(net(torch.ones(2, 4)).shape)
    print(net(torch.ones(2, 4)).shape)


def after_one_of_two():
    net = block().eval()
    for step in range(2):
        print(net(torch.ones(2, 4)).shape, step)
        net.train()
    print(net(torch.ones(2, 4)).shape)


switched_by_the_second()
left_in_the_second()
after_one_of_two()
