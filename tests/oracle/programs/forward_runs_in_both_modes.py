# oracle: unknowns: a part that runs in both modes has none
"""A `forward` that runs its part twice, in eval mode for a target and in train mode to learn from it."""

import torch
from torch import nn


class Pupil(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        self.drop = nn.Dropout(0.1)

    def forward(self, x):
        self.net.eval()
        with torch.no_grad():
            target = self.net(x)
        self.net.train()
        return (self.drop(self.net(x)) - target).pow(2).mean()


def main():
    torch.manual_seed(0)
    model = Pupil()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        model(torch.ones(2, 4)).backward()  # ok: ML103
        optimizer.step()


main()
