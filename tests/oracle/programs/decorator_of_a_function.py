"""A decorator made by a call, which mentions no model outside the innermost function."""

import torch
from torch import nn


def in_mode(mode):
    def decorator(function):
        def wrapped(net):
            net.train(mode)
            return function(net)

        return wrapped

    return decorator


@in_mode(False)
def total(net):
    with torch.no_grad():
        return net(torch.ones(2, 4)).sum().item()


net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
print(total(net))
