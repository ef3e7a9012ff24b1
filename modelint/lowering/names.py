"""Dotted names as they are written, and what annotations say."""

from __future__ import annotations

import ast


def dotted_name(node: ast.expr | None) -> str:
    """`a.b.c` for just that, "" for any other expression."""
    parts: list[str] = []
    while type(node) is ast.Attribute:
        parts.append(node.attr)
        node = node.value
    if type(node) is not ast.Name:
        return ""
    if not parts:
        return node.id
    parts.append(node.id)
    parts.reverse()
    return ".".join(parts)


def decorator_name(node: ast.expr) -> str:
    """The dotted name of a decorator, of a call its callee's."""
    while type(node) is ast.Call:
        node = node.func
    return dotted_name(node)


def annotation_name(node: ast.expr | None) -> str:
    """The one class that an annotation names: X of `X`, `"X"`, `Optional[X]`, `X | None`, `Annotated[X, ...]`; else ""."""
    if type(node) is ast.Name or type(node) is ast.Attribute:
        return dotted_name(node)
    if type(node) is ast.Constant and isinstance(node.value, str):
        return _quoted_name(node.value)
    if type(node) is ast.BinOp and type(node.op) is ast.BitOr:
        return _other_than_none([node.left, node.right])
    if type(node) is ast.Subscript:
        container = dotted_name(node.value).rpartition(".")[2]
        if container == "Optional":
            return annotation_name(node.slice)
        if type(node.slice) is ast.Tuple and node.slice.elts:
            if container == "Annotated":
                return annotation_name(node.slice.elts[0])
            if container == "Union":
                return _other_than_none(node.slice.elts)
    return ""


def _quoted_name(text: str) -> str:
    text = text.strip()
    if text.isidentifier():
        return text
    try:
        inner = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    # A quoted name inside a quoted one means nothing; following it could go on for long.
    return "" if type(inner) is ast.Constant else annotation_name(inner)


def _other_than_none(members: list[ast.expr]) -> str:
    others = [node for node in members if not (type(node) is ast.Constant and node.value is None)]
    return annotation_name(others[0]) if len(others) == 1 and len(members) == 2 else ""
