"""One way more than are kept apart, each as different from the others as any: which weights were loaded is not lost where two become one."""
# oracle: runs: a, b, c, d, e, f, g, h, i

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


kind = sys.argv[1]
a, b, c, d, e, f, g, h, i = block(), block(), block(), block(), block(), block(), block(), block(), block()
first, second, third = block(), block(), block()
if kind == "a":
    a.eval()
    first.load_state_dict(a.state_dict())
elif kind == "b":
    b.eval()
    second.load_state_dict(b.state_dict())
elif kind == "c":
    c.eval()
    third.load_state_dict(c.state_dict())
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
with torch.no_grad():
    print(first(torch.ones(2, 4)).sum().item())  # expect: ML104
    print(second(torch.ones(2, 4)).sum().item())  # expect: ML104
    print(third(torch.ones(2, 4)).sum().item())  # expect: ML104
