"""One way more than are kept apart, each as different from the others as any: a mode that was read is not lost where two become one."""
# oracle: runs: a, b, c, d, e, f, g, h, i

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


kind = sys.argv[1]
a, b, c, d, e, f, g, h, i = block(), block(), block(), block(), block(), block(), block(), block(), block()
shared = block()
if kind == "a":
    a.eval()
    before = shared.training
    shared.eval()
elif kind == "b":
    a.eval()
    shared.eval()
    before = shared.training
elif kind == "c":
    c.eval()
    before = shared.training
    shared.eval()
elif kind == "d":
    d.eval()
    before = shared.training
    shared.eval()
elif kind == "e":
    e.eval()
    before = shared.training
    shared.eval()
elif kind == "f":
    f.eval()
    before = shared.training
    shared.eval()
elif kind == "g":
    g.eval()
    before = shared.training
    shared.eval()
elif kind == "h":
    h.eval()
    before = shared.training
    shared.eval()
else:
    i.eval()
    before = shared.training
    shared.eval()
shared.train(before)
print(shared(torch.ones(2, 4)).shape)
