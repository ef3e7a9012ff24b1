"""As `methods`, but the caller of the evaluation puts the model back."""

import torch
from torch import nn


class Trainer:
    def __init__(self, model, loader):
        self.model = model
        self.loader = loader
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)

    def fit(self):
        self.model.train()
        for step, (x, y) in enumerate(self.loader):
            self.optimizer.zero_grad()
            loss = self.loss(x, y)
            loss.backward()
            self.optimizer.step()
            if step % 2 == 1:
                self.report(step)
                self.model.train()

    def loss(self, x, y):
        return nn.functional.cross_entropy(self.model(x), y)

    def report(self, step):
        print(step, self.score())

    @torch.no_grad()
    def score(self):
        self.model.eval()
        total = 0.0
        for x, y in self.loader:
            total += (self.model(x).argmax(1) == y).float().mean().item()
        return total


net = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.3), nn.Linear(8, 2))
Trainer(net, [(torch.randn(4, 4), torch.randint(0, 2, (4,))) for _ in range(4)]).fit()
