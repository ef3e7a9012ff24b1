"""A script in a folder with an `__init__`: Python looks for what it imports beside it, and so for what that imports."""

import torch
from engine import evaluate, train_one_epoch
from torch import nn


def main():
    model = nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        train_one_epoch(model, optimizer)
        evaluate(model)


if __name__ == "__main__":
    main()
