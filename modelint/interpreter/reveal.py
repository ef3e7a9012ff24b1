"""`reveal_mode(x)` in a program shows what is known of a model's modes there, without any rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import layers, models
from modelint.interpreter.log import Reveal
from modelint.interpreter.state import UNKNOWN_MODE, State
from modelint.interpreter.values import Value
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine

NAMES = {1: ("train",), 2: ("eval",), 3: ("train", "eval"), 4: ("unknown",), 0: ("unknown",)}


def note(machine: Machine, state: State, value: Value, frame: Frame, span: Span) -> None:
    site = machine.site(frame, span)
    reveal = machine.log.reveals.setdefault(site, Reveal(site, {}))
    if not state.feasible:
        return
    for oid in models.module_ids(machine, state, value):
        mode = state.modes.get(oid)
        if mode is not None:
            reveal.modes.setdefault("self", set()).update(NAMES[mode.bits])
        for leaf in layers.leaves(machine, state, oid):
            bits = state.modes.get(leaf.oid, UNKNOWN_MODE).bits
            reveal.modes.setdefault(leaf.kind, set()).update(NAMES[bits])
