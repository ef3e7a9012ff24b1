"""More states than are kept apart: what the last ones know of modes, gradients and ways that cannot be is not lost."""
# oracle: unknowns: what methodcaller gives is not followed
# oracle: runs: none, a, b, c, d, a b, a c, b c, a d, b d, c d, a b c d

import operator
import sys

import torch
from torch import nn

evaluate = operator.methodcaller("eval")


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def modes(nets, a, b, c, d):
    net = block()
    nets[0].train(a)
    nets[1].train(b)
    nets[2].train(c)
    if d:
        net.train()
    else:
        evaluate(net)
    if not a and not b and not c and not d:
        print(net(torch.ones(2, 4)).shape)


def modes_read(nets, a, b, c, d):
    net = block()
    nets[0].train(a)
    nets[1].train(b)
    nets[2].train(c)
    if d:
        was = net.training
    else:
        net.eval()
        was = net.training
    net.eval()
    if not a and not b and not c and not d:
        net.train(was)
        print(net(torch.ones(2, 4)).shape)


def gradients(nets, a, b, c, d):
    net = block()
    nets[0].train(a)
    nets[1].train(b)
    nets[2].train(c)
    if d:
        torch.set_grad_enabled(True)
    else:
        torch.set_grad_enabled(False)
    if not a and not b and not c and not d:
        print(net(torch.ones(2, 4)).shape)
    torch.set_grad_enabled(True)


def set_modes(nets, words, a, b, c):
    for word in words:
        nets[0].train(a)
        nets[1].train(b)
        nets[2].train(c)
        return
    nets[3].eval()


def left_out_of_a_loop(nets, words, a, b, c):
    optimizer = torch.optim.SGD(nets[0].parameters(), lr=0.1)
    set_modes(nets, words, a, b, c)
    if not a and not b and not c:
        nets[0](torch.ones(2, 4)).sum().backward()  # expect: ML103
        optimizer.step()


A, B, C, D = "a" in sys.argv, "b" in sys.argv, "c" in sys.argv, "d" in sys.argv
NETS = [block(), block(), block(), block()]
modes(NETS, A, B, C, D)
for each in NETS:
    each.train()
gradients(NETS, A, B, C, D)
for each in NETS:
    each.train()
left_out_of_a_loop(NETS, sys.argv[1:], A, B, C)
for each in NETS:
    each.train()
modes_read(NETS, A, B, C, D)
