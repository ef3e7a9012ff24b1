"""Frozen teachers and backbones, left in train mode or kept in eval mode."""

import copy
import os
import tempfile

import torch
from torch import nn

PATH = os.path.join(tempfile.mkdtemp(), "teacher.pt")


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))


class Student(nn.Module):
    """Its `eval()` on the teacher is undone by `train()`."""

    def __init__(self):
        super().__init__()
        self.teacher = block()
        self.teacher.load_state_dict(torch.load(PATH))
        self.teacher.requires_grad_(False)
        self.teacher.eval()
        self.net = nn.Linear(4, 4)

    def forward(self, x):
        return nn.functional.mse_loss(self.net(x), self.teacher(x))


class Careful(Student):
    def train(self, mode=True):
        super().train(mode)
        self.teacher.eval()
        return self


def undone():
    model = Student()
    optimizer = torch.optim.SGD(model.net.parameters(), lr=0.1)
    model.train()
    for _ in range(2):
        optimizer.zero_grad()
        model(torch.randn(2, 4)).backward()  # expect: ML109 "what holds it undid its `eval()`"
        optimizer.step()


def kept():
    model = Careful()
    optimizer = torch.optim.SGD(model.net.parameters(), lr=0.1)
    model.train()
    for _ in range(2):
        optimizer.zero_grad()
        model(torch.randn(2, 4)).backward()
        optimizer.step()


def never_set():
    teacher, net = block(), nn.Linear(4, 4)
    teacher.load_state_dict(torch.load(PATH))
    teacher.requires_grad_(False)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(2):
        x = torch.randn(2, 4)
        with torch.no_grad():
            target = teacher(x)  # expect: ML109 "loaded and never put in eval mode"
        optimizer.zero_grad()
        nn.functional.mse_loss(net(x), target).backward()
        optimizer.step()


def moving_average():
    net = block()
    average = copy.deepcopy(net).requires_grad_(False)
    average.load_state_dict(net.state_dict())
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(2):
        x = torch.randn(2, 4)
        with torch.no_grad():
            target = average(x)
        optimizer.zero_grad()
        nn.functional.mse_loss(net(x), target).backward()
        optimizer.step()
        with torch.no_grad():
            for old, new in zip(average.parameters(), net.parameters()):
                old.mul_(0.9).add_(new, alpha=0.1)


def in_turns():
    """Frozen only while the other one trains."""
    judge, net = block(), nn.Linear(4, 4)
    judge.load_state_dict(torch.load(PATH))
    of_judge = torch.optim.SGD(judge.parameters(), lr=0.1)
    of_net = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(2):
        of_judge.zero_grad()
        judge(torch.randn(2, 4)).sum().backward()
        of_judge.step()
        judge.requires_grad_(False)
        of_net.zero_grad()
        judge(net(torch.randn(2, 4))).sum().backward()
        of_net.step()
        judge.requires_grad_(True)


def main():
    torch.save(block().state_dict(), PATH)
    undone()
    kept()
    never_set()
    moving_average()
    in_turns()


main()
