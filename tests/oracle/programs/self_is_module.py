"""The module trains and predicts itself: `self(...)` in its own methods."""

import torch
from torch import nn


class Regressor(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5), nn.Linear(4, 1))
        self.optimizer = torch.optim.SGD(self.parameters(), lr=0.1)

    def forward(self, x):
        return self.layers(x)

    def fit(self, batches):
        for x in batches:
            self.optimizer.zero_grad()
            self(x).pow(2).sum().backward()
            self.optimizer.step()

    def predict(self, x):
        with torch.no_grad():
            return self(x).numpy()  # expect: ML104


regressor = Regressor()
regressor.fit([torch.randn(2, 4), torch.randn(2, 4)])
print(regressor.predict(torch.randn(1, 4)))
