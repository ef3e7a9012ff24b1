"""One way more than are kept apart, each as different from the others as any: what an optimizer owns is not lost where two become one."""
# oracle: unknowns: which of the models goes with which of the ways
# oracle: runs: a, b, c, d, e, f, g, h, i

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def evaluate(net):
    net.eval()
    with torch.no_grad():
        print(net(torch.ones(2, 4)).sum().item())


kind = sys.argv[1]
a, b, c, d, e, f, g, h, i = block(), block(), block(), block(), block(), block(), block(), block(), block()
other = block()
optimizer = torch.optim.SGD(other.parameters(), lr=0.1)
if kind == "a":
    evaluate(a)
    optimizer.add_param_group({"params": a.parameters()})
elif kind == "b":
    evaluate(b)
    optimizer.add_param_group({"params": b.parameters()})
elif kind == "c":
    evaluate(c)
    optimizer.add_param_group({"params": c.parameters()})
elif kind == "d":
    evaluate(d)
    optimizer.add_param_group({"params": d.parameters()})
elif kind == "e":
    evaluate(e)
    optimizer.add_param_group({"params": e.parameters()})
elif kind == "f":
    evaluate(f)
    optimizer.add_param_group({"params": f.parameters()})
elif kind == "g":
    evaluate(g)
    optimizer.add_param_group({"params": g.parameters()})
elif kind == "h":
    evaluate(h)
    optimizer.add_param_group({"params": h.parameters()})
else:
    evaluate(i)
    optimizer.add_param_group({"params": i.parameters()})
a(torch.ones(2, 4)).sum().backward()  # expect: ML103
b(torch.ones(2, 4)).sum().backward()  # expect: ML103
c(torch.ones(2, 4)).sum().backward()  # expect: ML103
optimizer.step()
