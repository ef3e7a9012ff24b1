"""Models in namespaces, named tuples and copies of such records are the same models."""

import argparse
from collections import namedtuple
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import NamedTuple

import torch
from torch import nn

Pair = namedtuple("Pair", ["model", "name"])
Spelled = namedtuple("Spelled", "model, name")


class Typed(NamedTuple):
    model: nn.Module
    name: str = "typed"

    def switch(self):
        self.model.eval()


@dataclass
class Held:
    model: nn.Module
    epoch: int = 0


def net():
    return nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5))


space = SimpleNamespace(model=net(), name="space")
space.model.eval()
print(space.model(torch.ones(2, 3)))
arguments = argparse.Namespace(model=space.model, epochs=3)
arguments.model.train()
print(space.model(torch.ones(2, 3)))
pair = Pair(net(), "pair")
pair.model.eval()
print(pair[0](torch.ones(2, 3)))
model, name = pair
model.train()
print(pair.model(torch.ones(2, 3)))
spelled = Spelled(name="spelled", model=net())
spelled = spelled._replace(name="again")
spelled.model.eval()
for item in spelled:
    if not isinstance(item, str):
        print(item(torch.ones(2, 3)))
spelled = spelled._replace(model=net())
print(spelled.model(torch.ones(2, 3)))
typed = Typed(net())
typed.switch()
model, _ = typed
print(model(torch.ones(2, 3)))
held = Held(net())
held.model.eval()
other = replace(held, epoch=1)
print(other.model(torch.ones(2, 3)))
other = replace(held, model=net())
print(other.model(torch.ones(2, 3)))
print(held.model(torch.ones(2, 3)))
