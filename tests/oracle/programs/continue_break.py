"""`continue` and `break` around mode calls: all ways lead back."""

import torch
from torch import nn


def main(steps):
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for step in steps:
        model.train()
        loss = model(torch.randn(2, 4)).pow(2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 2:
            continue
        model.eval()
        with torch.no_grad():
            print(model(torch.ones(1, 4)).sum().item())
        if step > 3:
            break
    else:
        print("done")


main(range(3))
main([0, 1, 2, 3, 4, 5])
