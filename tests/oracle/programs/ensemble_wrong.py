"""An ensemble whose last member is trained after the others went to eval mode; predictions of one are in train mode."""

import torch
from torch import nn

first = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
second = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
for model in (first, second):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        model(torch.randn(2, 4)).pow(2).sum().backward()
        optimizer.step()
first.eval()
with torch.no_grad():
    print(first(torch.ones(1, 4)).sum())
    print(second(torch.ones(1, 4)).sum())  # expect: ML104
