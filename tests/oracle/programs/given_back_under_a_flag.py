"""A flag decides the mode; an evaluation on the way reads it, and gives it back, from a variable or from an attribute: the flag still says
which mode it is."""
# oracle: runs: none, train

import sys

import torch
from torch import nn


class Evaluating:
    def __init__(self, net):
        self.net = net

    def __enter__(self):
        self.before = self.net.training
        self.net.eval()

    def __exit__(self, *error):
        self.net.train(self.before)


def step(net, optimizer):
    optimizer.zero_grad()
    net(torch.randn(2, 4)).pow(2).sum().backward()
    optimizer.step()


def run(net, optimizer, train):
    net.train(train)
    before = net.training
    net.eval()
    print(net(torch.randn(2, 4)).argmax())
    net.train(before)
    if train:
        step(net, optimizer)
    with Evaluating(net):
        print(net(torch.randn(2, 4)).argmax())
    if train:
        step(net, optimizer)


net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
run(net, torch.optim.SGD(net.parameters(), lr=0.1), "train" in sys.argv)
