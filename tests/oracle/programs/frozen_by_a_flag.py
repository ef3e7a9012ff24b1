"""A flag says whether a part is trained: in eval mode it is only right where it is not."""
# oracle: runs: none, a

import sys

import torch
from torch import nn


def on_body():
    body = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(0.5))
    return nn.Sequential(body, nn.Linear(4, 4))


def prepare(net):
    net.train()
    net.eval()


def evaluated():
    net = on_body()
    prepare(net)
    return net


def freeze(net):
    net.requires_grad_(False)


def optimizer_of(net):
    return torch.optim.SGD(net.parameters(), lr=0.1)


def trained_by_a_flag(a):
    net = evaluated()
    optimizer = optimizer_of(net)
    net[0].requires_grad_(a)
    net(torch.randn(2, 4)).sum().backward()  # expect: ML103
    optimizer.step()


def frozen_where_it_runs(b):
    net = evaluated()
    optimizer = optimizer_of(net)
    if not b:
        net[0].requires_grad_(False)
    net(torch.randn(2, 4)).sum().backward()  # expect: ML103
    optimizer.step()


def frozen_on_one_way(a):
    net = evaluated()
    optimizer = optimizer_of(net)
    if a:
        net[0].requires_grad_(False)
    net(torch.randn(2, 4)).sum().backward()  # expect: ML103
    optimizer.step()


def trained_on_one_way(a):
    net = evaluated()
    optimizer = optimizer_of(net)
    net[0].requires_grad_(False)
    if a:
        net[0].requires_grad_(a)
    net(torch.randn(2, 4)).sum().backward()  # expect: ML103
    optimizer.step()


def frozen_or_trained(a):
    net = evaluated()
    optimizer = optimizer_of(net)
    if a:
        net[0].requires_grad_(True)
    else:
        net[0].requires_grad_(False)
    net(torch.randn(2, 4)).sum().backward()  # expect: ML103
    optimizer.step()


def trained_or_frozen(a):
    net = evaluated()
    optimizer = optimizer_of(net)
    if a:
        net[0].requires_grad_(False)
    else:
        net[0].requires_grad_(True)
    net(torch.randn(2, 4)).sum().backward()  # expect: ML103
    optimizer.step()


def right_on_both_ways(a):
    net = evaluated()
    optimizer = optimizer_of(net)
    net[0].requires_grad_(a)
    if a:
        net.train()
    net(torch.randn(2, 4)).sum().backward()
    optimizer.step()


def right_where_it_is_frozen(a):
    net = evaluated()
    optimizer = optimizer_of(net)
    if a:
        freeze(net[0])
    if not a:
        net.train()
    net(torch.randn(2, 4)).sum().backward()
    optimizer.step()


trained_by_a_flag("a" in sys.argv)
frozen_where_it_runs("b" in sys.argv)
frozen_on_one_way("a" in sys.argv)
trained_on_one_way("a" in sys.argv)
frozen_or_trained("a" in sys.argv)
trained_or_frozen("a" in sys.argv)
right_where_it_is_frozen("a" in sys.argv)
right_on_both_ways("a" in sys.argv)
