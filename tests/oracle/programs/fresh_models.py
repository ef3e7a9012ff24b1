"""Fresh models are tried out and only the shape is looked at."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 2, 3)
        self.norm = nn.BatchNorm2d(2)

    def forward(self, x):
        return self.norm(self.conv(x)).flatten(1)


def check_shapes():
    net = Net()
    out = net(torch.randn(2, 1, 5, 5))
    assert out.shape == (2, 18)
    with torch.no_grad():
        print(net(torch.randn(2, 1, 5, 5)).size())


check_shapes()
