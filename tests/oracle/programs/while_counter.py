"""A `while` loop with a counter that is followed no further than needed: all its ways out are known."""
# oracle: runs: 0, 1

import sys

import torch
from torch import nn


def main(skip):
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
    model.eval()
    count = 0
    while count < 6:
        count += 1
        if skip:
            continue
        model.train()
    print(model(torch.ones(1, 4)).sum())


main(sys.argv[1] == "1")
