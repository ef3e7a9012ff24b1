"""What a function that has nothing to do with models writes into an attribute of some name is not in the objects of a library."""

import torch
from torch import nn


class Settings:
    enabled = False
    mode = False


def prepare(settings):
    settings.enabled = True
    settings.mode = True


prepare(Settings())
net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    net.train()
    optimizer.zero_grad()
    net(torch.ones(2, 4)).sum().backward()
    optimizer.step()
    with torch.no_grad():
        print(net(torch.ones(2, 4)).argmax(1))  # expect: ML104
with torch.set_grad_enabled(False):
    print(net(torch.ones(2, 4)).argmax(1))
