"""What is bound in one branch only is read behind it: on the other way the program would end there."""

import torch
from torch import nn


def fit(model, optimizer, x, weight):
    model.eval()
    step = 0
    while step < 4:
        if step % 2 == 0 and weight > 0:
            model.eval()
            with torch.no_grad():
                target = model(x)
            model.train()
        step += 1
        optimizer.zero_grad()
        (target - model(x)).pow(2).mean().backward()  # ok: ML103
        optimizer.step()


def last(model, optimizer, batches):
    for x in batches:
        model.train()
        optimizer.zero_grad()
        loss = model(x).sum()
        loss.backward()
        optimizer.step()
    print(loss.item())
    with torch.no_grad():
        print(model(x))  # expect: ML104


def main():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    fit(model, optimizer, torch.ones(2, 4), torch.rand(1).item() + 0.1)
    last(model, optimizer, [torch.ones(2, 4) for _ in range(2)])


main()

net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
if torch.rand(1).item() < 2:
    net.eval()
    with torch.no_grad():
        before = net(torch.ones(2, 4))
with torch.no_grad():
    print(before - net(torch.ones(2, 4)))  # ok: ML104
