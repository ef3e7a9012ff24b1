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


def run(model):
    print(model(torch.ones(2, 3)))


space = SimpleNamespace(model=net(), name="space")
space.model.eval()
run(space.model)
arguments = argparse.Namespace(model=space.model, epochs=3)
arguments.model.train()
run(space.model)
pair = Pair(net(), "pair")
pair.model.eval()
run(pair[0])
model, name = pair
model.train()
run(pair.model)
spelled = Spelled(name="spelled", model=net())
spelled = spelled._replace(name="again")
spelled.model.eval()
for item in spelled:
    if not isinstance(item, str):
        run(item)
typed = Typed(net())
typed.switch()
model, _ = typed
run(model)
held = Held(net())
held.model.eval()
other = replace(held, epoch=1)
run(other.model)
other = replace(held, model=net())
run(other.model)
run(held.model)
