"""More flags than states are kept apart: modes become both, nothing is lost."""
# oracle: runs: none, a, b, c, d, a b, a c, a d, b c, b d, c d, a b c, a b d, a c d, b c d, a b c d
# oracle: unknowns: which of the flags go together

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


first, second, third, fourth = block(), block(), block(), block()
optimizer = torch.optim.SGD(fourth.parameters(), lr=0.1)
first.train("a" in sys.argv)
second.train("b" in sys.argv)
third.train("c" in sys.argv)
fourth.train("d" in sys.argv)
before = fourth.training
print(first(torch.ones(2, 4)).shape)
print(second(torch.ones(2, 4)).shape)
print(third(torch.ones(2, 4)).shape)
fourth.eval()
fourth.train(before)
print(fourth(torch.ones(2, 4)).shape)
torch.set_grad_enabled("d" in sys.argv)
print(first(torch.ones(2, 4)).shape)
