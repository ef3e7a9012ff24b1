"""Overrides of `train` that would put layers in eval mode, and that nothing has called. They are tried in a copy of the process, which is
thrown away: the objects of the program stay as they are. An override that computes on a GPU shows nothing there: a copy has none."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from torch import nn
from torch.utils.weak import WeakIdKeyDictionary

from modelint.probe.inside.layers import of_others, sensitive
from modelint.probe.inside.origins import Origins
from modelint.probe.inside.stacks import Place, Stacks

COPIES = 20
"""How often a process is copied at most."""
SECONDS = 5
"""How long a copy may take."""


class Unheeded(NamedTuple):
    """A layer of a model in the mode of its creation, and the override that would put it in eval mode."""

    model: int
    path: str
    override: Place


class UnheededOverrides:
    """Those of a process."""

    def __init__(self, stacks: Stacks, origins: Origins) -> None:
        self._stacks, self._origins = stacks, origins
        self._tried: Any = WeakIdKeyDictionary()
        self._copies = 0
        self._seen: dict[Unheeded, None] = {}

    @property
    def seen(self) -> list[Unheeded]:
        return list(self._seen)

    def trained(self, model: int, root: nn.Module, numbers: Iterable[int]) -> None:
        """A step trained layers of a model, by their numbers among its sensitive ones."""
        layers = sensitive(root, self._stacks.is_users)
        paths = {
            id(layers[number].module): layers[number].path for number in numbers if self._is_as_made(layers[number].module)
        }
        holders = [each for each in self._origins.modules() if self._is_new(each) and _holds_any(each, paths)] if paths else []
        if not holders or self._copies == COPIES:
            return
        self._copies += 1
        self._tried.update(dict.fromkeys(holders, True))
        for holder, kept in zip(holders, _tried(holders, self._stacks.is_users), strict=True):
            override = self._stacks.definition(type(holder).train)
            self._seen.update(dict.fromkeys(Unheeded(model, paths[key], override) for key in kept if key in paths))

    def _is_as_made(self, layer: nn.Module) -> bool:
        cause, _ = self._origins.mode(layer, layer.training)
        return layer.training and cause >= 0 and self._origins.causes[cause].kind == "created"

    def _is_new(self, module: nn.Module) -> bool:
        return self._stacks.is_users(type(module).train) and module not in self._tried


def _holds_any(module: nn.Module, identities: Iterable[int]) -> bool:
    return not set(identities).isdisjoint(map(id, module.modules()))


def _tried(holders: Sequence[nn.Module], is_users: Callable[[object], bool]) -> list[list[int]]:
    """For each module the identities of the layers that its `train()` puts in eval mode."""
    reading, writing = os.pipe()
    copy = os.fork()
    if not copy:
        _answer(holders, is_users, writing)
    os.close(writing)
    with open(reading, "rb") as file:
        answer = file.read()
    os.waitpid(copy, 0)
    found: list[list[int]] = json.loads(answer) if answer else [[] for _ in holders]
    return found


def _answer(holders: Sequence[nn.Module], is_users: Callable[[object], bool], writing: int) -> None:
    """What the copy does: it says nothing, and is gone in time whatever it holds on to."""
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(SECONDS)
        sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
        answer = json.dumps([_put_in_eval(holder, is_users) for holder in holders])
        os.write(writing, answer.encode())
    finally:
        os._exit(0)


def _put_in_eval(holder: nn.Module, is_users: Callable[[object], bool]) -> list[int]:
    apart = of_others(holder, is_users)
    layers = [found.module for found in sensitive(holder, is_users) if id(found.module) not in apart]
    before = [(part, part.training) for part in holder.modules()]
    holder.train()
    kept = [id(layer) for layer in layers if not layer.training]
    for part, training in before:
        part.training = training
    return kept
