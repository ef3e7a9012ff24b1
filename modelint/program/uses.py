"""Which attributes of its object a method uses: what a `forward` runs, and what it leaves aside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from modelint.ir.module import FunctionIR
from modelint.ir.ops import Argument, Constant, GetAttribute, Load, Op, SetAttribute
from modelint.ir.walk import walk

Path: TypeAlias = "tuple[str, ...]"
"""Attributes, from the object: `("net", "features")` for `self.net.features`."""


def paths_used(function: FunctionIR) -> frozenset[Path] | None:
    """The longest paths of attributes that a method reads from its first parameter, or None if it does anything else with that:
    hands it on, calls it, keeps it in a variable or for a function inside."""
    if not function.parameters:
        return frozenset()
    own = function.parameters[0].name
    if own in function.cells:
        return None
    found: set[Path] = set()
    held: dict[int, Path] = {}
    for op in walk(function.body):
        whole = () if type(op) is GetAttribute else (op.value,) if type(op) is SetAttribute else registers_read(op)
        paths = [held[register] for register in whole if register in held]
        if () in paths:
            return None
        found.update(paths)
        into = getattr(op, "into", None)
        if type(op) is Load and op.name == own:
            held[op.into] = ()
        elif type(op) is GetAttribute and op.owner in held:
            held[op.into] = (*held[op.owner], op.name)
        elif isinstance(into, int):
            held.pop(into, None)
    return frozenset(found)


def registers_read(op: Op) -> Iterator[int]:
    """The registers that an operation reads, and perhaps other numbers."""
    if type(op) is Constant:
        return
    for name in op.__struct_fields__:
        value = getattr(op, name)
        if name == "into" or isinstance(value, bool):
            continue
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Argument):
                yield each.value
            elif isinstance(each, int):
                yield each
