"""The function that runs a part is chosen by the test that sets the mode of the part."""

import torch
from torch import nn


def followed(part, x):
    return part(x)


def fixed(part, x):
    with torch.no_grad():
        return part(x)


def train(parts, head, names, x):
    if "encoder" in names:
        encode = followed
    else:
        encode = fixed
    for name in parts:
        if name in names:
            parts[name].train()
        else:
            parts[name].eval()
    optimizer = torch.optim.SGD([*parts["encoder"].parameters(), *head.parameters()], lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        head(encode(parts["encoder"], x)).sum().backward()
        optimizer.step()


def main():
    torch.manual_seed(0)
    for names in (["encoder"], []):
        parts = {"encoder": nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))}
        train(parts, nn.Linear(4, 2), [each for each in names if torch.rand(1).item() < 2], torch.ones(2, 4))


main()
