"""A detached target of the model itself: one forward is trained, the other is not."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.3), nn.Linear(4, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    x = torch.randn(2, 4)
    weak = model(x)  # ok: ML104
    strong = model(x + torch.randn_like(x))
    loss = nn.functional.mse_loss(strong, weak.detach())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
