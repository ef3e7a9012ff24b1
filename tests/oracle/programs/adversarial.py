"""Gradients of the input, in eval mode, between training steps: they train nothing, since they are cleared before the step."""

import torch
from torch import nn


def attack(model, x):
    model.eval()
    x = x.clone().requires_grad_(True)
    loss = model(x).pow(2).sum()
    loss.backward()
    return (x + 0.1 * x.grad.sign()).detach()


model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    x = attack(model, torch.randn(2, 4))
    model.train()
    optimizer.zero_grad()
    model(x).pow(2).sum().backward()
    optimizer.step()
