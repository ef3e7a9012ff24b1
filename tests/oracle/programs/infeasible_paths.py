"""What only an empty loop or an implicit exception would allow neither takes assumptions away nor makes weights meaningful."""
# oracle: runs: 0, 1

import sys

import torch
from torch import nn


class Stop(Exception):
    pass


def main(stop):
    model = nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        if stop:
            break
        model.eval()
    if not stop:
        print(model(torch.ones(2, 3)).sum())
    try:
        print("nothing raises here")
    except Stop:
        loss = model(torch.ones(2, 3)).sum()
        loss.backward()
        optimizer.step()
    if stop:
        print(model(torch.ones(2, 3)).sum())


main(sys.argv[1] == "1")
