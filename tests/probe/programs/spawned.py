"""Two processes of torch.multiprocessing train a model each; an evaluation leaves eval mode behind."""

import torch
import torch.multiprocessing
from torch import nn


def train(rank):
    torch.manual_seed(rank)
    model = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.5), nn.Linear(8, 2))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    x, y = torch.randn(16, 8), torch.randint(0, 2, (16,))
    for epoch in range(2):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()  # expect: ML103
        optimizer.step()
        model.eval()
        with torch.no_grad():
            print(rank, epoch, (model(x).argmax(1) == y).float().mean().item())


if __name__ == "__main__":
    torch.multiprocessing.spawn(train, nprocs=2)
