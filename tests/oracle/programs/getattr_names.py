"""Mode methods and losses looked up by known names."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3))
optimizer = getattr(torch.optim, "SGD")(model.parameters(), lr=0.1)
criterion = getattr(nn.functional, "mse_loss")
for epoch in range(2):
    for mode in ("train", "eval"):
        getattr(model, mode)()
        loss = criterion(model(torch.randn(4, 3)), torch.zeros(4, 3))
        if mode == "train":
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        else:
            print(loss.item())
