"""Eval mode that is set for a training step is meant; what only looks like it is not."""

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def data():
    return torch.ones(2, 4)


def optimizer_of(net):
    return torch.optim.SGD(net.parameters(), lr=0.1)


def loss_of(net):
    return net(data()).sum()  # ok: ML103


def loss_in_eval_mode(net):
    net.eval()
    return net(data()).sum()  # ok: ML103


def set_right_there(net):
    optimizer = optimizer_of(net)
    net.eval()
    net(data()).sum().backward()  # ok: ML103
    optimizer.step()


def set_at_the_backward(net):
    optimizer = optimizer_of(net)
    net.eval()
    loss_of(net).backward()
    optimizer.step()


def set_at_the_forward(net):
    optimizer = optimizer_of(net)
    loss_in_eval_mode(net).backward()
    optimizer.step()


def set_two_ways(net):
    optimizer = optimizer_of(net)
    net.train()
    net.eval()
    net(data()).sum().backward()  # expect: ML103
    optimizer.step()


def set_behind_it(net):
    optimizer = optimizer_of(net)
    for _ in range(2):
        if not net.training:
            net(data()).sum().backward()  # expect: ML103
        optimizer.step()
        net.eval()


def set_in_another_call(net, is_first):
    optimizer = optimizer_of(net)
    if is_first:
        net.eval()
    else:
        net(data()).sum().backward()  # expect: ML103
        optimizer.step()


def trained_in_train_mode_too(net):
    optimizer = optimizer_of(net)
    net(data()).sum().backward()
    optimizer.step()
    net.eval()
    net(data()).sum().backward()  # expect: ML103
    optimizer.step()


def evaluated(net):
    net.eval()
    with torch.no_grad():
        print(net(data()).sum().item())


def set_once_more_by_an_evaluation(net):
    optimizer = optimizer_of(net)
    net.eval()
    for _ in range(2):
        net(data()).sum().backward()  # ok: ML103
        optimizer.step()
        evaluated(net)


def set_on_another_part(net):
    optimizer = optimizer_of(net)
    evaluated(net)
    net[0].eval()
    for _ in range(2):
        net(data()).sum().backward()  # expect: ML103
        optimizer.step()
        evaluated(net)


def set_for_an_evaluation_that_does_so_too(net):
    optimizer = optimizer_of(net)
    net.eval()
    evaluated(net)
    net(data()).sum().backward()  # expect: ML103
    optimizer.step()


def looked_at_between(net):
    optimizer = optimizer_of(net)
    net.eval()
    print(net(data()).sum().item())
    net(data()).sum().backward()  # expect: ML103
    optimizer.step()


set_right_there(block())
set_at_the_backward(block())
set_at_the_forward(block())
set_two_ways(block())
set_behind_it(block())
other = block()
set_in_another_call(other, True)
set_in_another_call(other, False)
trained_in_train_mode_too(block())
set_once_more_by_an_evaluation(block())
set_on_another_part(nn.Sequential(block(), block()))
set_for_an_evaluation_that_does_so_too(block())
looked_at_between(block())
