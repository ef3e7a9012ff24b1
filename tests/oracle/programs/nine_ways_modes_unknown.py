"""One way more than are kept apart, each as different from the others as any: a mode that is not known is not lost where two become one."""
# oracle: unknowns: what methodcaller gives is not followed
# oracle: runs: a, b, c, d, e, f, g, h, i

import operator
import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


evaluate = operator.methodcaller("eval")
kind = sys.argv[1]
a, b, c, d, e, f, g, h, i = block(), block(), block(), block(), block(), block(), block(), block(), block()
shared = block()
if kind == "a":
    a.eval()
elif kind == "b":
    a.eval()
    evaluate(shared)
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
print(shared(torch.ones(2, 4)).shape)
