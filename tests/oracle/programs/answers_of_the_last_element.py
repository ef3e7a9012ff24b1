"""What a test said of the last element of a loop says nothing of the next."""
# oracle: runs: none, a, b, a b, a a, b a, a a a

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def kept_in_a_variable():
    net = block()
    flag = False
    for argument in sys.argv[1:]:
        net.train(not flag)
        if argument == "a":
            print(net(torch.ones(2, 4)).shape)
        else:
            print(net(torch.ones(2, 4)).shape)
        flag = argument == "a"


kept_in_a_variable()
