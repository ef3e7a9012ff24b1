"""What nothing refers to any more says nothing of what is still used, however many states become one."""
# oracle: runs: none, a, b, c, d, e, a e, a b c d, b c e, a b c d e

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


class Holder:
    def __init__(self):
        self.net = block()


holder = Holder()
first, second, third, fourth = block(), block(), block(), block()
if "e" in sys.argv:
    holder.net = block()
holder.net.eval()
if "a" in sys.argv:
    first.eval()
if "b" in sys.argv:
    second.eval()
if "c" in sys.argv:
    third.eval()
if "d" in sys.argv:
    fourth.eval()
print(holder.net(torch.ones(2, 4)).shape)
print(first(torch.ones(2, 4)).shape)
print(second(torch.ones(2, 4)).shape)
print(third(torch.ones(2, 4)).shape)
print(fourth(torch.ones(2, 4)).shape)
