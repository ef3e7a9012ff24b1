"""A count lies above zero once it was raised, and may be where it was again if something sets it back."""

import torch
from torch import nn


def show(model, x):
    with torch.no_grad():
        print(model(x))


def grows(model, optimizer, batches):
    step = 0
    for x in batches:
        model.train()
        optimizer.zero_grad()
        model(x).sum().backward()
        optimizer.step()
        step += 1
        if +step == 0:
            show(model, x)
        if step > 0:
            model.eval()
        show(model, x)


def raised_in_a_handler(model, optimizer, batches):
    step, rest = 0, iter(batches)
    model.train()
    while True:
        try:
            x = next(rest)
            optimizer.zero_grad()
            model(x).sum().backward()
            optimizer.step()
            step = step + 1
        except StopIteration:
            break
        if step < 1:
            show(model, x)


def set_back(model, optimizer, batches):
    step = 0
    for x in batches:
        model.train()
        if step == 0:
            model.eval()
        with torch.no_grad():
            print(model(x))  # expect: ML104
        model.train()
        optimizer.zero_grad()
        model(x).sum().backward()
        optimizer.step()
        step += 1
        if step == 2:
            step = 0


def main():
    torch.manual_seed(0)
    for function in (grows, raised_in_a_handler, set_back):
        model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        function(model, torch.optim.SGD(model.parameters(), lr=0.1), [torch.randn(2, 4) for _ in range(4)])


main()
