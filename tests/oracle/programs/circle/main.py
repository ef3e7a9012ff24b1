"""Two modules that import each other, and a factory for an object whose methods train."""

import torch
from strategy import get_strategy
from torch import nn

strategy = get_strategy("plain")
model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model, optimizer = strategy.prepare((model, optimizer))
for _ in range(2):
    loss = model(torch.randn(4, 4)).pow(2).mean()  # expect: ML103
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    strategy.evaluate(model)
