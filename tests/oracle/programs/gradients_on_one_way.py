"""Gradients that are recorded, or run back, on one of two ways only."""
# oracle: runs: none, a

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def inside_and_outside():
    net = block()
    with torch.no_grad():
        with torch.no_grad():
            print(net(torch.ones(2, 4)).shape)
        print(net(torch.ones(2, 4)).shape)


def recorded(a):
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net(torch.ones(2, 4)).sum().backward()
    optimizer.step()
    if a:
        torch.set_grad_enabled(False)
    print(net(torch.ones(2, 4)).sum().item())  # expect: ML104
    torch.set_grad_enabled(True)


def run_back(a):
    first, second = block(), block()
    optimizer = torch.optim.SGD(first.parameters(), lr=0.1)
    loss = first(torch.ones(2, 4)).sum()
    if a:
        loss.backward()
    else:
        second.eval()
        optimizer.step()


def stepped_on_the_other_way(a):
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in batches():
        if a:
            optimizer.step()
            print(net(torch.ones(2, 4)).sum().item())
        else:
            net(torch.ones(2, 4)).sum().backward()


def stepped_on_the_same_way(a):
    net = evaluated()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in batches():
        if not a:
            net(torch.ones(2, 4)).sum().backward()  # expect: ML103
        if not a:
            optimizer.step()


def left_by_another_iteration():
    net = evaluated()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for step in batches():
        if step == 0:
            net(torch.ones(2, 4)).sum().backward()  # expect: ML103
        else:
            optimizer.step()


def prepare(net):
    net.train()
    net.eval()


def evaluated():
    net = block()
    prepare(net)
    return net


def batches():
    return range(len(sys.argv) + 1)


stepped_on_the_other_way("a" in sys.argv)
inside_and_outside()
recorded("a" in sys.argv)
run_back("a" in sys.argv)
stepped_on_the_same_way("a" in sys.argv)
left_by_another_iteration()
