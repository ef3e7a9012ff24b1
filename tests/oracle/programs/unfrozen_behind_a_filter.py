"""A part is frozen when the optimizer is given what can be trained, and unfrozen later: its step does not train it."""
# The finding is only likely: that the optimizer lacks the part is not known.

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
        self.body.requires_grad_(False)
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.body(x))


def leak(net):
    net.eval()


model = Net()
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
model.train()
leak(model)
model.body.requires_grad_(True)
optimizer.zero_grad()
model(torch.randn(2, 4)).pow(2).sum().backward()  # expect: ML103
optimizer.step()
