"""What a variable is depends on a test: where that is made again, it is known again, as long as both are what they were."""
# oracle: runs: 1, 0, 1 1, 0 1, 1 0, 0 0, 0 1 1

import sys

import torch
from torch import nn


class Holder:
    def __init__(self):
        self.net = block()


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def data():
    return torch.ones(2, 4)


def optimizer_of(*nets):
    return torch.optim.SGD([parameter for net in nets for parameter in net.parameters()], lr=0.1)


def output(a):
    first, second = block(), block()
    optimizer = optimizer_of(first, second)
    if a:
        loss = first(data()).sum()
        name = "first"
    else:
        loss = second(data()).sum()
        name = "second"
    print(name)
    if a:
        loss.backward()
        optimizer.step()


def output_the_other_way(a):
    first, second = block(), block()
    optimizer = optimizer_of(first, second)
    if not a:
        loss = first(data()).sum()
        name = "first"
    else:
        loss = second(data()).sum()
        name = "second"
    print(name)
    if a:
        loss.backward()
        optimizer.step()


def written_since(a):
    first, second, third = block(), block(), block()
    optimizer = optimizer_of(first, second, third)
    if a:
        loss = first(data()).sum()
        name = "first"
    else:
        loss = second(data()).sum()
        name = "second"
    print(name, loss.shape)
    loss = third(data()).sum()
    if a:
        loss.backward()
        optimizer.step()


def holder(a):
    first, second = Holder(), Holder()
    if a:
        chosen = first
        name = "first"
    else:
        chosen = second
        name = "second"
    print(name)
    if a:
        chosen.net.eval()
    print(first.net(data()).shape)
    print(second.net(data()).shape)
    first.net.train()


def test_made_anew(words):
    first, second = block(), block()
    optimizer = optimizer_of(first, second)
    left = list(words)
    loss = first(data()).sum()
    for word in words:
        flag = left.pop(0) == "1"
        if flag:
            loss.backward()
            optimizer.step()
        if flag:
            loss = first(data()).sum()  # ok: ML104
            name = "first"
        else:
            loss = second(data()).sum()  # ok: ML104
            name = "second"
        print(name)


WORDS = sys.argv[1:]
output(WORDS[0] == "1")
output_the_other_way(WORDS[0] == "1")
written_since(WORDS[0] == "1")
holder(WORDS[0] == "1")
test_made_anew(WORDS)
