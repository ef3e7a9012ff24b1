"""`was_training = model.training` and back, when the model was in either mode before."""

import torch
from torch import nn


def evaluate(model, x):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        value = model(x).sum().item()
    if was_training:
        model.train()
    return value


model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    loss = model(torch.randn(2, 4)).pow(2).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    evaluate(model, torch.ones(1, 4))
model.eval()
evaluate(model, torch.ones(1, 4))
with torch.no_grad():
    print(model(torch.ones(1, 4)))
