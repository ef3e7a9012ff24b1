"""An override of `train` keeps BatchNorm in eval mode."""

import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(4)
        self.drop = nn.Dropout(0.2)
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.drop(self.norm(x)))

    def train(self, mode=True):
        super().train(mode)
        self.norm.eval()
        return self


model = Classifier()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(2):
    model.train()
    optimizer.zero_grad()
    model(torch.randn(4, 4)).pow(2).mean().backward()  # ok: ML103
    optimizer.step()
    model.eval()
    with torch.no_grad():
        print(model(torch.randn(4, 4)).argmax(1))
