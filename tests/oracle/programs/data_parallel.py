"""`nn.DataParallel` on the CPU hands on to its module."""

import torch
from torch import nn

net = nn.DataParallel(nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5)))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(2):
    net.train()
    optimizer.zero_grad()
    net(torch.randn(2, 4)).pow(2).sum().backward()
    optimizer.step()
    net.eval()
    with torch.no_grad():
        print(net.module(torch.randn(2, 4)).sum())
