"""Functions with the model bound in advance."""

from functools import partial

import torch
from torch import nn


def run(model, optimizer, x, training):
    model.train(training)
    with torch.set_grad_enabled(training):
        loss = model(x).pow(2).mean()
    if training:
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


model = nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
train = partial(run, model, optimizer, training=True)
validate = partial(run, model, optimizer, training=False)
for _ in range(2):
    train(torch.randn(4, 3))
    print(validate(torch.randn(4, 3)))
