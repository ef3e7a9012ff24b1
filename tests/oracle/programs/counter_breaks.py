"""A loop that only a counter ends, although no iteration changes anything else."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
model.eval()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model.train()

count = 0
while True:
    count += 1
    if count > 4:
        break

loss = model(torch.randn(2, 4)).pow(2).sum()
optimizer.zero_grad()
loss.backward()
optimizer.step()
model.eval()
with torch.no_grad():
    print(model(torch.ones(1, 4)).sum().item())
