"""A frozen teacher is put in eval mode where it is made, and back in train mode by `train()` of what holds it."""

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(0.1))


class Student(nn.Module):
    def __init__(self):
        super().__init__()
        self.teacher = block()
        self.teacher.requires_grad_(False)
        self.teacher.eval()
        self.net = nn.Linear(4, 4)

    def forward(self, x):
        return nn.functional.mse_loss(self.net(x), self.teacher(x))


def put_back_by_the_whole(batches):
    model = Student()
    optimizer = torch.optim.SGD(model.net.parameters(), lr=0.1)
    for _ in range(3):
        model.train()
        for x in batches:
            optimizer.zero_grad()
            model(x).backward()  # expect: ML109 "`model.teacher` is frozen"
            optimizer.step()


put_back_by_the_whole([torch.randn(4, 4) for _ in range(2)])
