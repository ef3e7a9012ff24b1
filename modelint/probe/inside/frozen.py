"""Frozen parts that run in train mode, and what shows that they should not: an `eval()` on the part that a call on what holds it
undid, or weights from a file and no mode that was ever set."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import NamedTuple

from torch import nn

from modelint.probe.inside.layers import Found
from modelint.probe.inside.optimizers import Optimizers
from modelint.probe.inside.origins import Origins


class Left(NamedTuple):
    """A part that was left in train mode: its path in the model, what shows that it should not be, and whether that still held when
    it was last there: nothing trains the part at other times, and nothing but a file wrote its weights."""

    part: str
    shown_by: int
    holds: bool


@dataclass(slots=True)
class _Seen:
    part: weakref.ref[nn.Module]
    path: str
    shown_by: int
    written: int
    holds: bool = True


class Frozen:
    """Those of a process, numbered."""

    def __init__(self, origins: Origins, optimizers: Optimizers) -> None:
        self._origins, self._optimizers = origins, optimizers
        self._numbers: dict[tuple[int, str, int], int] = {}
        self._seen: list[_Seen] = []

    @property
    def left(self) -> list[Left]:
        self.look()
        return [Left(seen.path, seen.shown_by, seen.holds) for seen in self._seen]

    def look(self) -> None:
        """Notes what holds of the parts that are still there: a part goes with the function that made it."""
        for seen in self._seen:
            if (part := seen.part()) is not None:
                seen.holds = self._holds(part, seen)

    def number(self, root: nn.Module, layer: Found) -> int:
        """The number of the part of `root` that this layer was left in train mode with, -1 if that is not so."""
        if not layer.module.training or not layer.frozen or layer.kind not in ("batch_norm", "dropout"):
            return -1
        part, shown_by = self._origins.set_aside(layer.module)
        if part is not None:
            path = next((path for path, each in root.named_modules() if each is part), "")
            return self._noted(part, path, shown_by) if _is_frozen(part) else -1
        cause, _ = self._origins.mode(layer.module, layer.module.training)
        shown_by = self._origins.loading(layer.module)
        if cause < 0 or shown_by < 0 or self._origins.causes[cause].kind == "called":
            return -1
        if layer.kind == "dropout" and not _is_frozen(root):
            return -1  # who needs the features of a network seldom runs its classifier
        path, part = _outermost_frozen(root, layer.path)
        return self._noted(part, path, shown_by)

    def _noted(self, part: nn.Module, path: str, shown_by: int) -> int:
        key = (id(part), path, shown_by)
        number = self._numbers.get(key, -1)
        if number < 0 or self._seen[number].part() is not part:  # numbers of objects that are gone come again
            number = self._numbers[key] = len(self._seen)
            self._seen.append(_Seen(weakref.ref(part), path, shown_by, _written(part)))
        return number

    def _holds(self, part: nn.Module, seen: _Seen) -> bool:
        if not _is_frozen(part) or self._optimizers.hold_only(part):
            return False
        return self._origins.causes[seen.shown_by].kind != "loaded" or _written(part) == seen.written


def _is_frozen(part: nn.Module) -> bool:
    return not any(parameter.requires_grad for parameter in part.parameters())


def _written(part: nn.Module) -> int:
    """How often the weights were written, by whomever."""
    return sum(parameter._version for parameter in part.parameters() if not parameter.is_inference())


def _outermost_frozen(root: nn.Module, path: str) -> tuple[str, nn.Module]:
    """The largest frozen part of a model on the way to one that is."""
    part, names = root, path.split(".")
    for depth in range(len(names)):
        if _is_frozen(part):
            return ".".join(names[:depth]), part
        part = part.get_submodule(names[depth])
    return path, part
