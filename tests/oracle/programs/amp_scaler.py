"""Mixed precision with a scaler that steps for the optimizer."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scaler = torch.amp.GradScaler("cpu", enabled=False)
for epoch in range(2):
    for _ in range(2):
        optimizer.zero_grad()
        with torch.autocast("cpu", enabled=False):
            loss = model(torch.randn(2, 4)).pow(2).sum()  # expect: ML103
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
    model.eval()
    with torch.no_grad():
        print(model(torch.ones(1, 4)).sum())
