"""A module of the project that reads its own flag."""

import torch
from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.second = nn.Linear(4, 2)

    def forward(self, x):
        x = F.dropout(torch.relu(self.first(x)), 0.5, training=self.training)
        return self.second(x)


net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    net(torch.randn(2, 4)).pow(2).sum().backward()
    optimizer.step()
with torch.no_grad():
    print(net(torch.ones(1, 4)).argmax(1))  # expect: ML104
