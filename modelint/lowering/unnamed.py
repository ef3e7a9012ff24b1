"""Calls of what is not named: of what `getattr` gives for a computed name, or of an item of a container, as trainers call their hooks.

Which function runs there is not to be seen from the words of the one that calls it, so such a function says so by a word of its own.
"""

from __future__ import annotations

from modelint.ir.ops import Block, Call, Constant, For, GetItem, Load, Move, Op, Store, Unpack
from modelint.ir.walk import walk

_CONSTANT, _GETATTR, _FOUND = "constant", "getattr", "found"
"""What a register holds: a constant, the builtin `getattr`, or what was found by a computed name or in a container."""


def calls_unnamed(body: Block) -> bool:
    """Whether a statement that is a call, and so is there for what the call does, calls something whose name is not written."""
    registers: dict[int, str] = {}
    names: dict[str, str] = {}
    for op in walk(body):
        if type(op) is Call and op.statement and registers.get(op.function) == _FOUND:
            return True
        if type(op) is Store:
            names[op.name] = registers.get(op.value, "")
        elif type(op) is Unpack:
            registers.update(dict.fromkeys(op.into, registers.get(op.value, "")))
        elif type(op) is For:
            registers[op.target] = _FOUND
        elif isinstance(into := getattr(op, "into", None), int):
            registers[into] = _written(op, registers, names)
    return False


def _written(op: Op, registers: dict[int, str], names: dict[str, str]) -> str:
    if type(op) is Constant:
        return _CONSTANT
    if type(op) is Load:
        return _GETATTR if op.name == "getattr" and op.name not in names else names.get(op.name, "")
    if type(op) is Move:
        return registers.get(op.value, "")
    if type(op) is GetItem:
        return _FOUND
    if type(op) is Call and registers.get(op.function) == _GETATTR and len(op.arguments) > 1:
        return _FOUND if registers.get(op.arguments[1].value) != _CONSTANT else ""
    return ""
