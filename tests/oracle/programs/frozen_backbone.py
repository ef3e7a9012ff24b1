"""A backbone that is frozen and in eval mode on purpose, inside a model that trains its head."""

import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
        self.head = nn.Sequential(nn.Dropout(0.2), nn.Linear(4, 2))
        self.backbone.requires_grad_(False)

    def forward(self, x):
        return self.head(self.backbone(x))


model = Classifier()
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)
for epoch in range(2):
    model.train()
    model.backbone.eval()
    for _ in range(2):
        optimizer.zero_grad()
        model(torch.randn(4, 4)).pow(2).mean().backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        print(model(torch.randn(4, 4)).argmax(1))
