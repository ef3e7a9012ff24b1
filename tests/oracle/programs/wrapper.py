"""A wrapper with the model as its part: modes go through it in one direction only."""

import torch
from torch import nn


class Parallel(nn.Module):
    def __init__(self, module):
        super().__init__()
        self.module = module

    def forward(self, *inputs):
        return self.module(*inputs)


net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
net.eval()
wrapped = Parallel(net)
optimizer = torch.optim.SGD(wrapped.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    wrapped(torch.randn(2, 4)).pow(2).sum().backward()  # expect: ML103
    optimizer.step()
wrapped.train()
wrapped.module.eval()
with torch.no_grad():
    print(wrapped(torch.randn(2, 4)).sum())
