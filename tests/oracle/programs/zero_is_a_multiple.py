"""The first step is a multiple of every number."""

import torch
from torch import nn


def fit(model, optimizer, batches, every):
    model.eval()
    for step, x in enumerate(batches):
        if step % every == 0:
            model.train()
        optimizer.zero_grad()
        model(x).sum().backward()  # ok: ML103
        optimizer.step()


def main(every):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
    fit(model, torch.optim.SGD(model.parameters(), lr=0.1), [torch.randn(2, 4) for _ in range(4)], every)


main(torch.randint(2, 4, (1,)).item())
