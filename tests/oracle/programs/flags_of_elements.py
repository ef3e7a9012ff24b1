"""A test of a loop's element says nothing of the next element."""
# oracle: runs: a b, b a, a, b

import sys

import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
for argument in sys.argv[1:]:
    if argument == "a":
        net.eval()
    print(net(torch.ones(2, 4)).shape)
    if argument != "a":
        net.train()
