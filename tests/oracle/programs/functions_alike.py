"""Functions that nobody calls and that differ in constants only: one that does something is not passed over for others that do not."""

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def loaded(name):
    net = block()
    net.load_state_dict(torch.load(name))
    return net


def fit(net, optimizer):
    net(torch.ones(2, 4)).sum().backward()
    optimizer.step()


def infer_twice(batches):
    net = loaded("one")
    for number in range(2):
        with torch.no_grad():
            print(net(batches[number]).sum().item())  # expect: ML104


def infer_never(batches):
    net = loaded("two")
    for number in range(0):
        with torch.no_grad():
            print(net(batches[number]).sum().item())


def infer_not_at_all(batches):
    net = loaded("three")
    for number in range(0):
        with torch.no_grad():
            print(net(batches[number]).sum().item())


def infer_again(batches):
    net = loaded("four")
    for number in range(3):
        with torch.no_grad():
            print(net(batches[number]).sum().item())  # expect: ML104


def named_once():
    net = loaded("five")
    net.eval  # expect: ML105
    return net


def named_twice():
    net = loaded("six")
    net.eval  # expect: ML105
    return net


def named_thrice():
    net = loaded("seven")
    net.eval  # expect: ML105
    return net


def follow_one(net, x):
    teacher = loaded("eight")
    teacher.requires_grad_(False)
    target = teacher(x)  # expect: ML109
    (net(x) - target).pow(2).sum().backward()


def follow_another(net, x):
    teacher = loaded("nine")
    teacher.requires_grad_(False)
    target = teacher(x)  # expect: ML109
    (net(x) - target).pow(2).sum().backward()


def follow_a_third(net, x):
    teacher = loaded("ten")
    teacher.requires_grad_(False)
    target = teacher(x)  # expect: ML109
    (net(x) - target).pow(2).sum().backward()


net = block()
fit(net, torch.optim.SGD(net.parameters(), lr=0.1))
