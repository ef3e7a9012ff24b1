"""Cells of a notebook as a script: train, look, train more."""

import torch
from torch import nn

# %%
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
criterion = nn.MSELoss()
x, y = torch.randn(16, 4), torch.randn(16, 1)

# %%
losses = []
for epoch in range(3):
    optimizer.zero_grad()
    loss = criterion(model(x), y)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

# %%
model.eval()
with torch.no_grad():
    print(criterion(model(x), y).item())

# %%
for epoch in range(3):
    optimizer.zero_grad()
    loss = criterion(model(x), y)  # expect: ML103
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
