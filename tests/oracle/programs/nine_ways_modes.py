"""One way more than are kept apart, each as different from the others as any: what mode a model is in is not lost where two become one."""
# oracle: runs: a, b, c, d, e, f, g, h, i

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


kind = sys.argv[1]
a, b, c, d, e, f, g, h, i = block(), block(), block(), block(), block(), block(), block(), block(), block()
if kind == "a":
    a.eval()
elif kind == "b":
    b.eval()
elif kind == "c":
    c.eval()
elif kind == "d":
    d.eval()
elif kind == "e":
    e.eval()
elif kind == "f":
    f.eval()
elif kind == "g":
    g.eval()
elif kind == "h":
    h.eval()
else:
    i.eval()
print(a(torch.ones(2, 4)).shape)
print(b(torch.ones(2, 4)).shape)
print(c(torch.ones(2, 4)).shape)
print(d(torch.ones(2, 4)).shape)
print(e(torch.ones(2, 4)).shape)
print(f(torch.ones(2, 4)).shape)
print(g(torch.ones(2, 4)).shape)
print(h(torch.ones(2, 4)).shape)
print(i(torch.ones(2, 4)).shape)
