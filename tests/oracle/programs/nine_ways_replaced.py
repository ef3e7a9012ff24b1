"""One way more than are kept apart, each as different from the others as any: which of two models is in use is not lost where two become one."""
# oracle: runs: a, b, c, d, e, f, g, h, i

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


class Holder:
    def __init__(self):
        self.net = block()


def wide():
    return nn.Sequential(block(), block(), block(), block(), block())


kind = sys.argv[1]
a, b, c, d, e, f, g, h, i = wide(), wide(), wide(), wide(), wide(), wide(), wide(), wide(), wide()
first, second = Holder(), Holder()
if kind == "a":
    a.eval()
    first.net = block()
    first.net.eval()
    second.net.eval()
elif kind == "b":
    a.eval()
    second.net = block()
    first.net.eval()
    second.net.eval()
elif kind == "c":
    c.eval()
    first.net.eval()
    second.net.eval()
elif kind == "d":
    d.eval()
    first.net.eval()
    second.net.eval()
elif kind == "e":
    e.eval()
    first.net.eval()
    second.net.eval()
elif kind == "f":
    f.eval()
    first.net.eval()
    second.net.eval()
elif kind == "g":
    g.eval()
    first.net.eval()
    second.net.eval()
elif kind == "h":
    h.eval()
    first.net.eval()
    second.net.eval()
else:
    i.eval()
    first.net.eval()
    second.net.eval()
print(first.net(torch.ones(2, 4)).shape)
print(second.net(torch.ones(2, 4)).shape)
