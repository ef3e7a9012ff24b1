"""The modes of models over time, as a reader wants to see them: equal things in a row are one entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from torch import nn

from modelint.probe.inside.origins import Cause
from modelint.probe.inside.stacks import Call, Stacks

if TYPE_CHECKING:
    from modelint.probe.inside.models import ModelRecord
    from modelint.probe.inside.recorder import Signature

MODES = {True: "train", False: "eval", None: "both modes"}
LONGEST = 500
"""Entries kept. A run that needs more is not read by people."""


class Timeline:
    """Entries are lists of what happened, its stack, to which class, details, and how often in a row."""

    def __init__(self, stacks: Stacks) -> None:
        self._stacks = stacks
        self.entries: list[list[Any]] = []

    def mode(self, module: nn.Module, mode: bool, cause: Cause) -> None:
        self._add("train" if mode else "eval", cause.stack, type(module).__qualname__, cause.by)

    def step(self, signatures: Iterable[Signature], models: Sequence[ModelRecord]) -> None:
        for signature in signatures:
            self._add("step", signature.stack, models[signature.model].class_name, _modes(signature))

    def forward(self, signature: Signature, models: Sequence[ModelRecord]) -> None:
        self._add("inference", signature.stack, models[signature.model].class_name, _modes(signature))

    def save(self, module: nn.Module, call: Call) -> None:
        self._add("save", call.stack, type(module).__qualname__, "")

    def _add(self, what: str, stack: int, class_name: str, details: str) -> None:
        entry = [what, stack, class_name, details]
        if self.entries and self.entries[-1][:4] == entry:
            self.entries[-1][4] += 1
        elif len(self.entries) < LONGEST:
            self.entries.append([*entry, 1])


def _modes(signature: Signature) -> str:
    """How many layers of each kind are in which mode: `dropout 12 train, batch_norm 3 eval`."""
    counts = Counter((layer.kind, MODES[layer.training]) for layer in signature.layers)
    return ", ".join(f"{kind} {count} {mode}" for (kind, mode), count in sorted(counts.items()))
