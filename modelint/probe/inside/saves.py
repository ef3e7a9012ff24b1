"""What saves hold of models, and which statistics that training moved they leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import torch
from torch import nn
from torch.utils.weak import WeakIdKeyDictionary

from modelint.probe.inside.kinds import has_moved, is_made, versions_of
from modelint.probe.inside.layers import Found, sensitive
from modelint.probe.inside.models import Models
from modelint.probe.inside.origins import Origins
from modelint.probe.inside.stacks import Call, Stacks
from modelint.probe.inside.written import Written

MOVED = (-1, -1)
"""Versions that no statistics have."""


class NewPart(NamedTuple):
    """A part that the program made and nothing loaded, `classes` those of it and of all below."""

    path: str
    created: int
    classes: tuple[str, ...]


class Save(NamedTuple):
    """A save. `contents` as in `modelint.events`; `moved`: paths of layers whose statistics moved and are left out; `new`: new parts
    that are left out."""

    model: int
    stack: int
    contents: str
    moved: tuple[str, ...]
    new: tuple[NewPart, ...]


class Saves:
    """The saves of a process, each once."""

    def __init__(self, stacks: Stacks, origins: Origins, models: Models) -> None:
        self._stacks, self._origins, self._models = stacks, origins, models
        self._versions: Any = WeakIdKeyDictionary()
        self._seen: dict[Save, None] = {}

    def is_moved(self, module: nn.Module) -> bool:
        """Whether statistics of this very module have moved since it ran first."""
        before = self._versions.get(module)
        return before is not None and getattr(module, "running_mean", None) is not None and has_moved(module, before)

    def placed(self, module: nn.Module, is_moved: bool) -> None:
        """The module was brought to another device or type, where torch counts what is written from zero."""
        if module in self._versions:
            self._versions[module] = MOVED if is_moved else versions_of(module)

    @property
    def seen(self) -> list[Save]:
        return list(self._seen)

    def note_versions(self, root: nn.Module) -> None:
        """A model runs: what its statistics are before that."""
        for layer in sensitive(root, self._stacks.is_users):
            if layer.kind == "batch_norm" and is_made(layer.module) and layer.module not in self._versions:
                self._versions[layer.module] = versions_of(layer.module)

    def saved(self, value: object, call: Call) -> list[nn.Module]:
        """A library writes a value to a file: a method of a model does, or the program with what it took of models. Which."""
        written = Written(value)
        if written and (receiver := call.module) is not None:
            return [receiver] if self._by_method(receiver, written, call) else []
        whole = [each for each in _values(value) if isinstance(each, nn.Module)]
        for root in whole:
            self._note(root, call, "everything")
        return [*whole, *(root for root in self._models.known() if written and self._by_program(root, written, call))]

    def _by_method(self, root: nn.Module, written: Written, call: Call) -> bool:
        """An adapter's own save, which leaves the rest of the model out."""
        if _holds_all(written, root):
            return False
        self._note(root, call, "adapter", self._left_out(root, written), tuple(self._new(root, written)))
        return True

    def _by_program(self, root: nn.Module, written: Written, call: Call) -> bool:
        """All parameters of a model are among the tensors, or all statistics that moved: these may have a file of their own."""
        left_out = self._left_out(root, written)
        if not _holds_all(written, root) and (left_out or not any(self._moved(root))):
            return False
        self._note(root, call, "parameters" if left_out else "everything", left_out)
        return True

    def _note(
        self, root: nn.Module, call: Call, contents: str, moved: tuple[str, ...] = (), new: tuple[NewPart, ...] = ()
    ) -> None:
        self._seen[Save(self._models.number(root), call.stack, contents, moved, new)] = None

    def _left_out(self, root: nn.Module, written: Written) -> tuple[str, ...]:
        """The layers whose statistics moved and are not among the tensors."""
        return tuple(layer.path for layer in self._moved(root) if not written.holds(_running_mean(layer)))

    def _moved(self, root: nn.Module) -> Iterator[Found]:
        for layer in sensitive(root, self._stacks.is_users):
            if self.is_moved(layer.module):
                yield layer

    def _new(self, root: nn.Module, written: Written) -> Iterator[NewPart]:
        """Parts that the program put into a model with loaded weights, and that the save leaves out, without what is in them."""
        if not self._origins.is_from_file(root):
            return
        inside: set[int] = set()
        for path, part in root.named_modules():
            if id(part) in inside or not path or not self._is_new(part):
                continue
            inside |= set(map(id, part.modules()))
            holder = root.get_submodule(path.rpartition(".")[0])
            # What is replaced by a copy that is saved has no part in the model any more.
            if hasattr(holder, "modules_to_save") or any(map(written.holds, part.parameters())):
                continue
            birth = self._origins.birth(part)
            if birth is not None:
                names = sorted({f"{type(each).__module__}.{type(each).__qualname__}" for each in part.modules()})
                yield NewPart(path, birth.call.stack, tuple(names))

    def _is_new(self, part: nn.Module) -> bool:
        birth = self._origins.birth(part)
        by_program = birth is not None and self._origins.causes[birth.number].kind == "created"
        return by_program and next(part.parameters(), None) is not None and not self._origins.is_from_file(part)


def _values(value: object) -> Iterable[object]:
    """A value, or what a dictionary holds."""
    return value.values() if isinstance(value, Mapping) else (value,)


def _holds_all(written: Written, root: nn.Module) -> bool:
    parameters = list(root.parameters())
    return bool(parameters) and all(map(written.holds, parameters))


def _running_mean(layer: Found) -> torch.Tensor:
    buffer: Any = layer.module.running_mean
    found: torch.Tensor = buffer
    return found
