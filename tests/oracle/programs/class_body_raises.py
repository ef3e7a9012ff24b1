"""What runs in the body of a class may come back in another state than it began in, or not at all."""

import inspect
import sys

import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5)).eval()


def checked(function):
    if len(sys.argv) > 5:
        raise ValueError("too many arguments")
    net.eval()
    return function


def register(name):
    print(name)
    return lambda cls: cls


@register("holder")
class Holder:
    @checked
    def run(self):
        return net(torch.ones(2, 4))


print(Holder().run().shape)
