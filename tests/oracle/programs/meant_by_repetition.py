"""A forward that a loop repeats with the same input is sampled in train mode on purpose; one that only looks like it is not."""

import torch
from torch import nn


def fitted():
    net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net(torch.ones(2, 4)).sum().backward()
    optimizer.step()
    return net


def refresh():
    return torch.ones(1)


def sampled(net, x):
    results = []
    for _ in range(3):
        results.append(net(x).detach())  # ok: ML104
    print(torch.stack(results).std().item())


def sampled_by_name(net, x):
    results = []
    for _ in range(3):
        output = net(x)  # ok: ML104
        results.append(output.detach())
    print(torch.stack(results).std().item())


def of_each(net, batches):
    for batch in batches:
        print(net(batch).sum().item())  # expect: ML104


def of_another_input(net, x):
    for _ in range(3):
        print(net(x).sum().item())  # expect: ML104
        x = x + 1


def of_a_changed_input(net, x):
    for number in range(3):
        x[0] = number
        print(net(x).sum().item())  # expect: ML104


def of_what_it_gave(net, x):
    for _ in range(3):
        x.add_(net(x).mean().item())  # expect: ML104


def beside_other_calls(net, x):
    for _ in range(3):
        refresh()
        print(net(x).sum().item())  # expect: ML104


def in_another_loop(net, x):
    for _ in range(2):
        left = 2
        while left:
            left -= 1
            print(net(x).sum().item())  # expect: ML104


x = torch.ones(2, 4)
sampled(fitted(), x)
sampled_by_name(fitted(), x)
of_each(fitted(), torch.ones(3, 2, 4))
of_another_input(fitted(), x)
of_a_changed_input(fitted(), x)
of_what_it_gave(fitted(), x)
beside_other_calls(fitted(), x)
in_another_loop(fitted(), x)
