"""What the last element of a loop says of a frozen part, the next one does not."""
# oracle: runs: a a, a b

import sys

import torch
from torch import nn


def prepare(net):
    net.train()
    net.eval()


net = nn.Sequential(nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5)), nn.Linear(4, 4))
prepare(net)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
has_begun = False
for argument in sys.argv[1:]:
    if has_begun and argument != "a":
        net(torch.randn(2, 4)).sum().backward()
        optimizer.step()
    if argument == "a":
        net[0].requires_grad_(False)
    has_begun = True
