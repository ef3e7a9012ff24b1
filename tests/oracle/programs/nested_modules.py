"""Modules in modules, in Sequential, ModuleList and ModuleDict; a part alone goes to eval mode and stays there."""

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, width, dropout):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(2)])
        self.extras = nn.ModuleDict({"norm": nn.BatchNorm1d(width), "drop": nn.Dropout(dropout)})

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.extras["drop"](self.extras["norm"](x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(Block(4, 0.1), Block(4, 0.1))
        self.decoder = Block(4, 0.2)

    def forward(self, x):
        return self.decoder(self.encoder(x))


net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for step in range(3):
    optimizer.zero_grad()
    net(torch.randn(4, 4)).mean().backward()  # expect: ML103
    optimizer.step()
    net.encoder.eval()
    with torch.no_grad():
        print(net.encoder(torch.randn(4, 4)).mean().item())
