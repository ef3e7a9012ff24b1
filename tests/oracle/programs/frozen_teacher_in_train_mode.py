"""Frozen models in train mode: put back there with others, or never switched."""

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(0.1))


def put_back_after_an_evaluation(batches):
    """Right in the first epoch only: the eval mode of the teacher is lost with the evaluation."""
    model = nn.ModuleDict({"teacher": block(), "net": nn.Linear(4, 4)})
    model["teacher"].requires_grad_(False)
    model["teacher"].eval()
    optimizer = torch.optim.SGD(model["net"].parameters(), lr=0.1)
    for _ in range(3):
        for x in batches:
            with torch.no_grad():
                target = model["teacher"](x)  # expect: ML109 "undid"
            optimizer.zero_grad()
            nn.functional.mse_loss(model["net"](x), target).backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            print(model["net"](batches[0]).sum().item())
        model.train()


def never_switched(batches):
    teacher = block()
    teacher.load_state_dict(torch.load("teacher.pt"))
    for parameter in teacher.parameters():
        parameter.requires_grad = False
    net = nn.Linear(4, 4)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for x in batches:
        with torch.no_grad():
            target = teacher(x)  # expect: ML109 "loaded and never put in eval mode"
        optimizer.zero_grad()
        nn.functional.mse_loss(net(x), target).backward()
        optimizer.step()


def main(batches):
    put_back_after_an_evaluation(batches)
    never_switched(batches)


torch.save(block().state_dict(), "teacher.pt")
main([torch.randn(4, 4) for _ in range(2)])
