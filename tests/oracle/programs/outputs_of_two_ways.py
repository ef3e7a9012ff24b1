"""An output is that of one of two models, or there is none: what becomes of it concerns whichever it is of."""
# oracle: runs: none, loss, print, more, all, loss print more all

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def data():
    return torch.ones(2, 4)


def optimizer_of(*nets):
    return torch.optim.SGD([parameter for net in nets for parameter in net.parameters()], lr=0.1)


def loss_of_one(a):
    first, second = block(), block()
    optimizer = optimizer_of(first, second)
    if a:
        loss = first(data()).sum()
        name = "first"
    else:
        loss = second(data()).sum()
        name = "second"
    print(name)
    loss.backward()
    optimizer.step()


def printed_of_one(a):
    first, second = block(), block()
    optimizer = optimizer_of(first, second)
    second(first(data())).sum().backward()
    optimizer.step()
    with torch.no_grad():
        if a:
            output = first(data())  # expect: ML104
            name = "first"
        else:
            output = second(data())  # expect: ML104
            name = "second"
    print(name, output.sum().item())


def one_more_or_not(a):
    first, second = block(), block()
    optimizer = optimizer_of(first, second)
    more = second(data()).sum() if a else 0
    (first(data()).sum() + more).backward()
    optimizer.step()


def some_or_all(a):
    first, second = block(), block()
    optimizer = optimizer_of(first, second)
    one = first(data())
    other = second(data())
    outputs = (one, other) if a else (one,)
    torch.stack(outputs).sum().backward()
    optimizer.step()


def without_its_graph():
    first, second = block(), block()
    optimizer = optimizer_of(first, second)
    hidden = first(data()).data
    second(hidden).sum().backward()
    optimizer.step()


loss_of_one("loss" in sys.argv)
printed_of_one("print" in sys.argv)
one_more_or_not("more" in sys.argv)
some_or_all("all" in sys.argv)
without_its_graph()
