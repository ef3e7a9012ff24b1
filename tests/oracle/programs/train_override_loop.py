"""An override of `train` that goes over all modules and asks for their classes."""

import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self, freeze):
        super().__init__()
        self.freeze = freeze
        self.body = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(0.2))
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.body(x))

    def train(self, mode=True):
        super().train(mode)
        if mode and self.freeze:
            for module in self.modules():
                if isinstance(module, nn.BatchNorm1d):
                    module.eval()
        return self


for freeze in (True, False):
    model = Classifier(freeze)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    model.train()
    for _ in range(2):
        optimizer.zero_grad()
        model(torch.randn(4, 4)).pow(2).mean().backward()  # ok: ML103
        optimizer.step()
