"""One model under several names: a local, an attribute, an element of a tuple."""

import torch
from torch import nn


class Holder:
    def __init__(self, network):
        self.network = network
        self.pair = (network, torch.optim.SGD(network.parameters(), lr=0.1))

    def train_step(self, x):
        model, optimizer = self.pair
        model.train()
        optimizer.zero_grad()
        self.network(x).pow(2).sum().backward()
        optimizer.step()


net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
holder = Holder(net)
alias = holder.network
for _ in range(2):
    holder.train_step(torch.randn(2, 4))
    alias.eval()
    with torch.no_grad():
        print(net(torch.ones(1, 4)).sum())
