"""The `else` of a `try` follows its body, not its handlers."""
# oracle: runs: none, stop

import sys

import torch
from torch import nn


class Stop(Exception):
    pass


def evaluated(model, stop):
    try:
        if stop:
            raise Stop
    except Stop:
        model.train()
    else:
        model.eval()


def main(stop):
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
    model.eval()
    evaluated(model, stop)
    print(model(torch.ones(2, 4)).shape)


main("stop" in sys.argv)
