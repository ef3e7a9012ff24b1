"""One way more than are kept apart, each as different from the others as any: which gradients were left is not lost where two become one."""
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
optimizer = torch.optim.SGD([*a.parameters(), *b.parameters(), *c.parameters()], lr=0.1)
if kind == "a":
    evaluate(a)
    a(torch.ones(2, 4)).sum().backward()  # expect: ML103
elif kind == "b":
    evaluate(b)
    b(torch.ones(2, 4)).sum().backward()  # expect: ML103
elif kind == "c":
    evaluate(c)
    c(torch.ones(2, 4)).sum().backward()  # expect: ML103
elif kind == "d":
    evaluate(d)
    d(torch.ones(2, 4)).sum().backward()
elif kind == "e":
    evaluate(e)
    e(torch.ones(2, 4)).sum().backward()
elif kind == "f":
    evaluate(f)
    f(torch.ones(2, 4)).sum().backward()
elif kind == "g":
    evaluate(g)
    g(torch.ones(2, 4)).sum().backward()
elif kind == "h":
    evaluate(h)
    h(torch.ones(2, 4)).sum().backward()
else:
    evaluate(i)
    i(torch.ones(2, 4)).sum().backward()
optimizer.step()
