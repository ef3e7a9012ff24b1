"""`set_grad_enabled` as a statement and as a context, from a flag."""

import torch
from torch import nn


def run(model, optimizer, is_train):
    model.train(is_train)
    torch.set_grad_enabled(is_train)
    loss = model(torch.randn(2, 4)).pow(2).sum()
    if is_train:
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    torch.set_grad_enabled(True)
    return loss.item()


model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    run(model, optimizer, True)
    run(model, optimizer, False)
