"""What is joined behind a branch with equal modes: gradients, owners, exceptions, tests of strings."""
# oracle: runs: none, a, b, a b

import sys

import torch
from torch import nn


class Stop(Exception):
    pass


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def step_of_one_way(a):
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net.train(a)
    loss = net(torch.ones(2, 4)).sum()
    if a:
        loss.backward()
    optimizer.step()


def owners_of_both(a):
    first, second = block(), block()
    optimizer = torch.optim.SGD(first.parameters(), lr=0.1)
    optimizer.add_param_group({"params": second.parameters()})
    first(torch.ones(2, 4)).sum().backward()
    second(torch.ones(2, 4)).sum().backward()
    optimizer.step()


def chosen_name(a, b):
    net = block()
    name = "first" if a else "second" if b else "third"
    if name == "first":
        net.eval()
    if name != "second":
        print(net(torch.ones(2, 4)).shape)
    if name == "third":
        print(net(torch.ones(2, 4)).shape)


def left_by_a_loop(a, b):
    net = block()
    count = 0
    while count < 3:
        count += 1
        try:
            net.eval()
            if a:
                break
            if b:
                raise Stop
            net.train()
        except Stop:
            net.train()
            continue
    print(net(torch.ones(2, 4)).shape)


def given_up(a):
    net = block()
    try:
        net.eval()
        if a:
            return net
    except Stop:
        net.train()
    return block()


def entered(a):
    first, second = block(), nn.Sequential(nn.BatchNorm1d(4))

    class Both:
        def __enter__(self):
            first.train(a)
            second.train(not a)
            return first

        def __exit__(self, *error):
            second.train(a)

    with Both() as net:
        print(net(torch.ones(2, 4)).shape)
        print(second(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)


A, B = "a" in sys.argv, "b" in sys.argv
step_of_one_way(A)
owners_of_both(A)
chosen_name(A, B)
left_by_a_loop(A, B)
print(given_up(A)(torch.ones(2, 4)).shape)
entered(A)
