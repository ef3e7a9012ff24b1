"""What happens to weights on one of two ways only, one that no run takes: nothing about them is certain behind it."""
# oracle: runs: none, other

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def loaded_on_one_way(is_loaded):
    net = block()
    if is_loaded:
        net.load_state_dict(net.state_dict())
    print(net(torch.ones(2, 4)).sum().item())  # expect: ML104


def measure(net):
    net.eval()
    print(net(torch.ones(2, 4)).sum().item())


def frozen_on_one_way(is_thawed):
    net = nn.Sequential(block(), nn.Linear(4, 4))
    if is_thawed:
        net[0].requires_grad_(True)
    else:
        net[0].requires_grad_(False)
    measure(net)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net(torch.ones(2, 4)).sum().backward()  # expect: ML103
    optimizer.step()


def loaded_at_last(is_loaded):
    teacher, net = block(), block()
    if is_loaded:
        teacher.load_state_dict(teacher.state_dict())
    teacher.load_state_dict(teacher.state_dict())
    teacher.requires_grad_(False)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    target = teacher(torch.ones(2, 4))  # expect: ML109
    (net(torch.ones(2, 4)) - target).pow(2).sum().backward()
    optimizer.step()


loaded_on_one_way("loaded" in sys.argv)
frozen_on_one_way("thawed" in sys.argv)
loaded_at_last("loaded" in sys.argv)
