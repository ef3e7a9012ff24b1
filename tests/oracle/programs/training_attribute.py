"""Modes set through the attribute `training`, which does not recurse, and read back in a dict."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    model(torch.randn(2, 4)).pow(2).sum().backward()
    optimizer.step()
    modes = {name: module.training for name, module in model.named_modules()}
    model.eval()
    with torch.no_grad():
        print(model(torch.ones(1, 4)).sum())
    for name, module in model.named_modules():
        module.training = modes[name]
model.training = False
with torch.no_grad():
    print(model(torch.ones(1, 4)).sum())  # expect: ML104
