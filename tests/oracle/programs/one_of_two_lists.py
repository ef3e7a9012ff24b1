"""A loop over one of two lists visits the elements of either, and knows which one each is; `+=` adds to the list that it is given."""
# oracle: runs: none, a

import sys

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def phases(is_tested):
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for phase in ["train", "valid"] + (["test"] if is_tested else []):
        if phase == "train":
            net.train()
        loss = net(torch.ones(2, 4)).sum()  # expect: ML104
        if phase == "train":
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(loss.item())


def right_phases(is_tested):
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    phases = ["train", "valid"]
    if is_tested:
        phases = ["train", "valid", "test"]
    for phase in phases:
        net.train(phase == "train")
        loss = net(torch.ones(2, 4)).sum()
        if phase == "train":
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(loss.item())


def added_in_place():
    layers = []
    names = layers
    names += [nn.Linear(4, 4), nn.Dropout(0.5)]
    net = nn.Sequential(*layers)
    net.eval()
    print(net(torch.ones(2, 4)).shape)


phases("a" in sys.argv)
right_phases("a" in sys.argv)
added_in_place()
