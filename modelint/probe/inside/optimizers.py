"""Optimizers that were made before an adapter was put into their model: none holds the adapter's weights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import torch
from torch import nn
from torch.utils.weak import WeakIdKeyDictionary

from modelint.probe.inside.models import Models
from modelint.probe.inside.origins import Origins
from modelint.probe.inside.stacks import Call, Stacks


class Outdated(NamedTuple):
    """A step on a model: where the optimizer was made, where the adapter was attached, where the step is."""

    model: int
    optimizer: int
    attached: int
    stack: int


class Optimizers:
    """The optimizers of a process."""

    def __init__(self, stacks: Stacks, origins: Origins, models: Models) -> None:
        self._stacks, self._origins, self._models = stacks, origins, models
        self._made: Any = WeakIdKeyDictionary()
        self._outdated: dict[Outdated, None] = {}

    @property
    def outdated(self) -> list[Outdated]:
        return list(self._outdated)

    def made(self, optimizer: torch.optim.Optimizer) -> None:
        """An optimizer was made, after so many modules."""
        self._made.setdefault(optimizer, (self._stacks.current().stack, self._origins.count))

    def held(self) -> set[int]:
        """The identities of the parameters that any of them was given."""
        return set().union(*map(_held, list(self._made.keys())))

    def hold_only(self, part: nn.Module) -> bool:
        """Whether one was made for nothing but parameters of a part."""
        parameters = set(map(id, part.parameters()))
        return any(_held(optimizer) <= parameters for optimizer in list(self._made.keys()))

    def hold_any(self, modules: Iterable[nn.Module]) -> bool:
        """Whether one was given any parameter of these modules."""
        held = self.held()
        return any(id(parameter) in held for module in modules for parameter in module.parameters())

    def stepped(self, optimizer: torch.optim.Optimizer, reached: Iterable[nn.Module], call: Call) -> bool:
        """An optimizer stepped after a backward through these models. Whether it misses the adapter of one."""
        stack, count = self._made.get(optimizer, (-1, 0))
        found = False
        for root in reached:
            record = self._models.record(root)
            birth = self._models.adapter_birth(root) if record.attached >= 0 else None
            if stack < 0 or birth is None or birth.order < count or not _held(optimizer) & set(map(id, root.parameters())):
                continue
            trained = {id(parameter) for parameter in root.parameters() if parameter.requires_grad}
            if trained and not any(_held(other) & trained for other in list(self._made.keys())):
                self._outdated[Outdated(self._models.number(root), stack, record.attached, call.stack)] = None
                found = True
        return found


def _held(optimizer: torch.optim.Optimizer) -> set[int]:
    return {id(parameter) for group in optimizer.param_groups for parameter in group["params"]}
