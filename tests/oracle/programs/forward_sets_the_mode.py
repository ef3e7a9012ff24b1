"""A `forward` that puts its part in a mode before it runs it: in which mode the part was before does not matter."""

import torch
from torch import nn
from torch.nn import functional as F


class Learner(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5), nn.BatchNorm1d(4))

    def forward(self, x, is_train=True):
        if is_train:
            self.net.train()
        else:
            self.net.eval()
        return F.relu(self.net(x))


class Outer(nn.Module):
    def __init__(self, learner):
        super().__init__()
        self.learner = learner
        self.drop = nn.Dropout(0.5)

    def forward(self, x):
        self.learner.train()
        self.drop.train()
        return self.learner(self.drop(x), is_train=self.training)


class Late(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))

    def forward(self, x):
        y = self.net(x)
        self.net.eval()
        return y


def fit(model, x):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        model(x).sum().backward()
        optimizer.step()
        with torch.no_grad():
            print(model(x, is_train=False) if isinstance(model, Learner) else model.training)


def main():
    torch.manual_seed(0)
    x = torch.ones(2, 4)
    fit(Learner(), x)
    outer = Outer(Learner())
    fit(outer, x)
    outer.eval()
    with torch.no_grad():
        print(outer(x))  # ok: ML104
    late = Late()
    optimizer = torch.optim.SGD(late.parameters(), lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        late(x).sum().backward()  # expect: ML103
        optimizer.step()


main()
