"""Breaks, continues, returns and exceptions through loops, context managers, `finally` and functions."""
# oracle: runs: none, a, b, a b

import sys
from contextlib import contextmanager

import torch
from torch import nn


class Stop(Exception):
    pass


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


@contextmanager
def evaluating(net):
    net.eval()
    yield net
    net.train()


@contextmanager
def always_trained(net):
    net.eval()
    try:
        yield net
    finally:
        net.train()


class Evaluating:
    def __init__(self, net):
        self.net = net

    def __enter__(self):
        self.net.eval()
        return self.net

    def __exit__(self, *error):
        self.net.train()


def out_of_loops(a, b):
    first, second = block(), block()
    for index in range(4):
        first.eval()
        if a:
            break
        if b:
            continue
        first.train()
    print(first(torch.ones(2, 4)).shape)
    for name in ("one", "two"):
        second.eval()
        if a:
            break
        if b:
            continue
        second.train()
    else:
        print(second(torch.ones(2, 4)).shape)
    print(second(torch.ones(2, 4)).shape)
    for index in range(4):
        if a:
            break
    else:
        second.eval()
    print(second(torch.ones(2, 4)).shape)


def early(net, a, b):
    with Evaluating(net) as inner:
        if a:
            return inner
    for index in range(3):
        with always_trained(net):
            if b:
                return net
    net.eval()
    return net


def out_of_contexts(a, b):
    net = block()
    print(early(net, a, b)(torch.ones(2, 4)).shape)
    for index in range(3):
        with evaluating(net):
            if a:
                break
    print(net(torch.ones(2, 4)).shape)
    for index in range(3):
        with Evaluating(net):
            if b:
                continue
            print(net(torch.ones(2, 4)).shape)
    print(net(torch.ones(2, 4)).shape)


def fails(net, a):
    net.eval()
    if a:
        raise Stop
    net.train()


def out_of_functions(a, b):
    net = block()
    try:
        fails(net, a)
    except Stop:
        print(net(torch.ones(2, 4)).shape)
    print(net(torch.ones(2, 4)).shape)
    net.train()
    try:
        with always_trained(net):
            fails(net, b)
            net.eval()
    except Stop:
        print(net(torch.ones(2, 4)).shape)
    print(net(torch.ones(2, 4)).shape)
    try:
        with evaluating(net):
            if a:
                raise Stop
    except Stop:
        print(net(torch.ones(2, 4)).shape)
    print(net(torch.ones(2, 4)).shape)


def finals(net, a, b):
    for index in range(3):
        try:
            net.eval()
            if a:
                break
            if b:
                return
        finally:
            net.train()
        net.eval()
    print(net(torch.ones(2, 4)).shape)


def out_of_finals(a, b):
    net = block()
    finals(net, a, b)
    print(net(torch.ones(2, 4)).shape)
    try:
        try:
            if b:
                raise Stop
        except Exception:
            net.train()
    except Stop:
        net.eval()
    if b:
        print(net(torch.ones(2, 4)).shape)


A, B = "a" in sys.argv, "b" in sys.argv
out_of_loops(A, B)
out_of_contexts(A, B)
out_of_functions(A, B)
out_of_finals(A, B)
