"""Eval mode that is set before a loop of training is meant, also if an evaluation sets it once more; not if it is set for an evaluation."""

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def evaluate(net):
    net.eval()
    with torch.no_grad():
        print(net(torch.ones(2, 4)).sum().item())


def once_more_by_an_evaluation():
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net.eval()
    for _ in range(2):
        optimizer.zero_grad()
        net(torch.ones(2, 4)).sum().backward()
        optimizer.step()
        evaluate(net)


def for_an_evaluation():
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net.eval()
    evaluate(net)
    for _ in range(2):
        optimizer.zero_grad()
        net(torch.ones(2, 4)).sum().backward()  # expect: ML103
        optimizer.step()


def on_another_part():
    net = nn.Sequential(block(), block())
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    evaluate(net)
    net[0].eval()
    for _ in range(2):
        optimizer.zero_grad()
        net(torch.ones(2, 4)).sum().backward()  # expect: ML103
        optimizer.step()
        evaluate(net)


def put_back_later():
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net.eval()
    for _ in range(2):
        optimizer.zero_grad()
        net(torch.ones(2, 4)).sum().backward()  # expect: ML103
        optimizer.step()
        evaluate(net)
    net.train()
    with torch.no_grad():
        print(net(torch.ones(2, 4)).sum().item())  # expect: ML104


once_more_by_an_evaluation()
for_an_evaluation()
on_another_part()
put_back_later()
