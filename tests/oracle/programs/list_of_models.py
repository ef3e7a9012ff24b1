"""An ensemble in a list: modes set by a loop, by a comprehension, and forgotten for none."""

import torch
from torch import nn


def make():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


models = [make() for _ in range(3)]
optimizers = [torch.optim.SGD(model.parameters(), lr=0.1) for model in models]
for epoch in range(2):
    for model in models:
        model.train()
    for model, optimizer in zip(models, optimizers):
        loss = model(torch.randn(2, 4)).pow(2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    [model.eval() for model in models]
    with torch.no_grad():
        print(torch.stack([model(torch.ones(1, 4)) for model in models]).mean())
