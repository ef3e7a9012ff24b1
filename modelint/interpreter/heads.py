"""New parts of loaded models: heads that the program makes and that an adapter's checkpoint leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.events import Cause, NewPart
from modelint.interpreter import models
from modelint.interpreter.state import State

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


def left_out(machine: Machine, state: State, oid: int, named: tuple[str, ...]) -> tuple[NewPart, ...]:
    """The outermost parts below a model that were never loaded, beside others that were, and that `modules_to_save` does not name."""
    if not any(_is_loaded(state, each) for each in models.tree(machine, state, oid)):
        return ()
    found: list[NewPart] = []
    seen: set[int] = set()
    pending: list[tuple[str, int, tuple[int, ...]]] = [("", oid, ())]
    while pending:
        path, each, above = pending.pop()
        if each in seen or is_covered(path, named):
            continue
        seen.add(each)
        below = models.tree(machine, state, each)
        created = machine.created_at.get(each)
        if above and created is not None and not any(_is_loaded(state, part) for part in below):
            keys = tuple(str(holder) for holder in (*above, each))
            found.append(NewPart(path, created[0], models.class_names(machine, state, below), keys))
            continue
        pending.extend((f"{path}.{name}".strip("."), part, (*above, each)) for name, part in models.parts(machine, state, each))
    return tuple(sorted(found, key=lambda part: part.path))


def _is_loaded(state: State, oid: int) -> bool:
    weights = state.facts.get((oid, "weights"))
    return isinstance(weights, Cause) and weights.kind == "loaded"


def is_covered(path: str, named: tuple[str, ...] | None) -> bool:
    """A module is saved with an adapter, whole and with everything below it, if its name ends with one of `modules_to_save`."""
    if named is None:
        return True
    prefixes = path.split(".")
    return any(".".join(prefixes[:count]).endswith(name) for count in range(1, len(prefixes) + 1) for name in named)
