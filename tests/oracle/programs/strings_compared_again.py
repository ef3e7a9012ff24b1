"""A string that nobody knows is compared with one constant after the other, and the other way round."""
# oracle: runs: train, val, other

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def only_one_holds(phase):
    net = block()
    if phase == "train":
        net.train()
    else:
        net.eval()
    if phase == "val":
        print(net(torch.ones(2, 4)).shape)


def said_the_other_way(phase):
    net = block()
    if phase != "train":
        net.eval()
    if phase == "train":
        print(net(torch.ones(2, 4)).shape)
    else:
        print(net(torch.ones(2, 4)).shape)


only_one_holds(sys.argv[1])
said_the_other_way(sys.argv[1])
