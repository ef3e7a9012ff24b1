"""The flags that guard leaving and coming back are not the same."""

import random

import torch
from torch import nn


def main(do_eval, go_back):
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        loss = model(torch.randn(2, 4)).pow(2).sum()  # expect: ML103
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if do_eval:
            model.eval()
            with torch.no_grad():
                print(model(torch.ones(1, 4)).sum())
        if go_back:
            model.train()


for first, second in [(1, 1), (1, 0), (0, 1), (0, 0)]:
    main(random.random() < first, random.random() < second)
