"""The same flag guards leaving train mode and coming back. What is not in eval mode is a target, which may be meant."""

import random

import torch
from torch import nn


def main(do_eval):
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        if do_eval:
            model.eval()
        with torch.no_grad():
            baseline = model(torch.ones(1, 4)).sum()  # ok: ML104
        if do_eval:
            model.train()
        loss = (model(torch.randn(2, 4)) - baseline).pow(2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


for flag in sorted([random.random() < 2, random.random() < 0]):
    main(flag)
