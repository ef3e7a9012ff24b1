"""What values are bound to: names, attributes, subscripts, and tuples of these."""

from __future__ import annotations

import ast

from modelint.ir.ops import Register, SetAttribute, SetItem, Unpack
from modelint.lowering.frame import Frame


def bind(frame: Frame, target: ast.expr, value: Register) -> None:
    """`target = value`"""
    if isinstance(target, ast.Name):
        frame.store(target.id, value)
    elif isinstance(target, ast.Attribute):
        owner = frame.expression(target.value)
        frame.words.add(target.attr)
        frame.ops.append(SetAttribute(owner, target.attr, value, frame.span(target)))
    elif isinstance(target, ast.Subscript):
        owner = frame.expression(target.value)
        frame.ops.append(SetItem(owner, frame.expression(target.slice), value))
    elif isinstance(target, (ast.Tuple, ast.List)):
        _unpack(frame, target.elts, value)
    elif isinstance(target, ast.Starred):
        bind(frame, target.value, value)


def _unpack(frame: Frame, targets: list[ast.expr], value: Register) -> None:
    star = None
    registers = []
    for position, target in enumerate(targets):
        registers.append(frame.register())
        if isinstance(target, ast.Starred):
            star = position
    frame.ops.append(Unpack(tuple(registers), value, star))
    for target, register in zip(targets, registers, strict=True):
        bind(frame, target, register)


def bound_names(target: ast.expr) -> list[str]:
    """The names that a target binds, in order."""
    if isinstance(target, ast.Name):
        return [target.id]
    if isinstance(target, ast.Starred):
        return bound_names(target.value)
    if isinstance(target, (ast.Tuple, ast.List)):
        return [name for element in target.elts for name in bound_names(element)]
    return []
