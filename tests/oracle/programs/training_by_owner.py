"""Which forwards a step trains: owners, gradients that wait or are dropped, frozen parts, graphs that are cut."""

import copy

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def data():
    return torch.randn(2, 4)


def owners():
    first, second = block(), block()
    first.train()
    second.train()
    optimizer = torch.optim.SGD(first.parameters(), lr=0.1)
    both = torch.optim.SGD([{"params": first.parameters()}], lr=0.1)
    both.add_param_group({"params": second.parameters()})
    loss = second(first(data())).pow(2).sum()
    loss.backward()
    optimizer.step()
    first.zero_grad()
    both.step()
    both.zero_grad()
    second(data()).pow(2).sum().backward()
    optimizer.step()
    optimizer.zero_grad()
    both.step()


def waiting():
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(2):
        net(data()).pow(2).sum().backward()
    loss = net(data()).pow(2).sum() + net(data()).sum()
    loss.backward()
    optimizer.step()
    net(data()).pow(2).sum().backward()
    optimizer.zero_grad()
    optimizer.step()
    net.zero_grad()
    net(data()).pow(2).sum().backward()
    net.zero_grad()
    optimizer.step()


def cut():
    teacher, net = block(), block()
    optimizer = torch.optim.SGD([*teacher.parameters(), *net.parameters()], lr=0.1)
    hidden = teacher(data()).detach()
    loss = net(hidden).pow(2).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        hidden = teacher(data())
    loss = net(hidden).pow(2).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def parts():
    net = nn.Sequential(block(), block())
    head = torch.optim.SGD(net[1].parameters(), lr=0.1)
    loss = net(data()).pow(2).sum()
    loss.backward()
    head.step()
    whole = torch.optim.SGD(net.parameters(), lr=0.1)
    whole.zero_grad()
    net[0](data()).pow(2).sum().backward()
    whole.step()


def frozen():
    net = nn.Sequential(block(), nn.Linear(4, 4))
    net[0].requires_grad_(False)
    net[0].eval()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    loss = net(data()).pow(2).sum()
    loss.backward()
    optimizer.step()


def copied():
    net = block()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net(data()).pow(2).sum().backward()
    optimizer.step()
    average = copy.deepcopy(net)
    average.eval()
    with torch.no_grad():
        print(average(data()).sum().item())
    optimizer.zero_grad()
    net(data()).pow(2).sum().backward()
    optimizer.step()
    average.train()
    with torch.no_grad():
        print(average(data()).sum().item())  # expect: ML104


def anew():
    for _ in range(3):
        net = block()
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        net(data()).pow(2).sum().backward()
        optimizer.step()
        net.eval()
        with torch.no_grad():
            print(net(data()).sum().item())


owners()
waiting()
cut()
parts()
frozen()
copied()
anew()
