"""Which function of a chain of calls gets the mode call, on what, and what a fix leaves alone: whole programs, fixed."""

from __future__ import annotations

import pytest

HEAD = """\
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
        self.head = nn.Sequential(nn.Linear(2, 2), nn.Dropout(0.5))

    def forward(self, x):
        return self.head(self.body(x))


"""

METHODS = """\
class Trainer:
    def __init__(self):
        self.net = Net()
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=0.1)

    def step(self, x):
        loss = self.net(x).sum()
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()

    def epoch(self, loader):
        >self.net.train()
        for x in loader:
            self.step(x)

    def validate(self, loader):
        self.net.eval()
        with torch.no_grad():
            return sum(self.net(x).sum().item() for x in loader)

    def fit(self, loader):
        for _ in range(3):
            self.epoch(loader)
            print(self.validate(loader))


Trainer().fit([torch.ones(4, 2)])
"""

SHARED_FUNCTION = """\
def run(net, loader, optimizer=None):
    for x in loader:
        loss = net(x).sum()
        if optimizer is not None:
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(loss.item())


model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(3):
    >model.train()
    run(model, [torch.ones(4, 2)], optimizer)
    >model.eval()
    with torch.no_grad():
        run(model, [torch.ones(4, 2)])
"""

RENAMED = """\
def step(m, optimizer, x):
    loss = m(x).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def validate(m):
    m.eval()
    with torch.no_grad():
        print(m(torch.ones(4, 2)).argmax())


net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(3):
    >net.train()
    for x in [torch.ones(4, 2)]:
        step(net, optimizer, x)
    validate(net)
"""

FROZEN_BODY = """\
def validate(model):
    model.eval()
    with torch.no_grad():
        print(model(torch.ones(4, 2)).argmax())


model = Net()
model.body.requires_grad_(False)
model.body.eval()
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)
for epoch in range(3):
    >model.head.train()
    for x in [torch.ones(4, 2)]:
        loss = model(x).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    validate(model)
"""

INFERENCE_AMONG_STEPS = """\
model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(10):
    loss = model(torch.ones(4, 2)).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 5 == 4:
        >model.eval()
        with torch.no_grad():
            print(model(torch.ones(4, 2)).argmax().item())
        >model.train()
"""

ITEM = """\
class Service:
    def __init__(self):
        self.nets = {"a": Net()}
        self.nets["a"].load_state_dict(torch.load("x"))

    def predict(self, x):
        >self.nets["a"].eval()
        with torch.no_grad():
            return self.nets["a"](x).argmax().item()


print(Service().predict(torch.ones(4, 2)))
"""


UNWRAPPED = """\
from accelerate import Accelerator

accelerator = Accelerator()
model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model, optimizer = accelerator.prepare(model, optimizer)
for epoch in range(3):
    model.train()
    for batch in [torch.ones(4, 2)]:
        accelerator.backward(model(batch).sum())
        optimizer.step()
        optimizer.zero_grad()
    >model.eval()
    with torch.no_grad():
        print(accelerator.unwrap_model(model)(batch).argmax())
"""


@pytest.mark.parametrize(
    "program",
    [METHODS, SHARED_FUNCTION, RENAMED, FROZEN_BODY, INFERENCE_AMONG_STEPS, ITEM, UNWRAPPED],
    ids=["methods", "shared function", "renamed", "frozen body", "inference among steps", "item", "unwrapped"],
)
def test_fixed_program(fixed, program):
    lines = program.split("\n")
    original = "\n".join(line for line in lines if not line.lstrip().startswith(">"))
    assert fixed(HEAD + original) == HEAD + program.replace(">", "")


def test_model_without_a_name_is_left_to_a_person(fixed):
    text = HEAD + "nets = [Net() for _ in range(2)]\nfor n in nets: n.load_state_dict(torch.load('x'))\n"
    text += "with torch.no_grad(): print([n(torch.ones(4, 2)).argmax().item() for n in nets])\n"
    assert fixed(text) == text
