"""What may be given as a class or as an object, as a function or as a name, is told apart by `isinstance`."""

import torch
from torch import nn


class Evaluates:
    def start(self, net):
        net.eval()


def started(net, helper):
    if isinstance(helper, type):
        helper = helper()
    helper.start(net)
    print(net(torch.ones(2, 4)).shape)


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def made(architecture):
    net = block() if isinstance(architecture, str) else architecture()
    if not isinstance(architecture, (str, dict)):
        net.eval()
    print(net(torch.ones(2, 4)).shape)


started(block(), Evaluates)
started(block(), Evaluates())
made(block)
made("block")
