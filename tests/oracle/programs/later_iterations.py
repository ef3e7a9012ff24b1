"""What a later iteration does differently: pending gradients, names that hold another model, an index that is above its start."""

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def gradients_of_the_last_iteration():
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(3):
        optimizer.step()
        net(torch.ones(2, 4)).sum().backward()


def another_model():
    first, second = block(), nn.Sequential(nn.BatchNorm1d(4))
    net = first
    for _ in range(3):
        print(net(torch.ones(2, 4)).shape)
        net = second


def above_the_start():
    net = block()
    for index in range(3):
        if index == 0:
            net.eval()
        else:
            print(net(torch.ones(2, 4)).shape)
        if index > 0:
            net.eval()
    for index in range(3):
        if index == 0:
            print(net(torch.ones(2, 4)).shape)
            net.train()
    print(net(torch.ones(2, 4)).shape)


def never_entered():
    net = block()
    while not net.training:
        net.eval()
    print(net(torch.ones(2, 4)).shape)


gradients_of_the_last_iteration()
another_model()
above_the_start()
never_entered()
