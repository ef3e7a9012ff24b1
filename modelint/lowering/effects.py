"""Which expressions have no effects, so that it makes no difference whether an `and` or `or` before them lets them run."""

from __future__ import annotations

import ast

_PURE_BUILTINS = frozenset(
    {"isinstance", "issubclass", "hasattr", "len", "getattr", "callable", "int", "float", "str", "bool", "type", "id", "abs"}
)
_PURE_METHODS = frozenset(
    {
        "capitalize", "casefold", "endswith", "isalnum", "isalpha", "isdecimal", "isdigit", "isidentifier", "islower",
        "isnumeric", "isspace", "isupper", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "rpartition", "rsplit",
        "rstrip", "split", "splitlines", "startswith", "strip", "title", "upper",
    }
)  # fmt: skip
"""Methods of `str` that no other class is likely to have with effects."""
_LEAVES = frozenset({ast.Name, ast.Constant})


def effect_free(node: ast.expr) -> bool:
    """Whether evaluating the expression only reads. Attributes and subscripts count as reads, properties or not."""
    pending: list[ast.expr | None] = [node]
    while pending:
        node_or_none = pending.pop()
        if node_or_none is None or type(node_or_none) in _LEAVES:
            continue
        parts = _parts(node_or_none)
        if parts is None:
            return False
        pending += parts
    return True


def _parts(node: ast.expr) -> list[ast.expr] | list[ast.expr | None] | None:
    """The operands of a node that itself has no effects, None for one that may have some."""
    match node:
        case ast.Attribute():
            return [node.value]
        case ast.Subscript():
            return [node.value, node.slice]
        case ast.Compare():
            return [node.left, *node.comparators]
        case ast.BoolOp():
            return node.values
        case ast.UnaryOp():
            return [node.operand]
        case ast.BinOp():
            return [node.left, node.right]
        case ast.Tuple() | ast.List() | ast.Set():
            return node.elts
        case ast.Slice():
            return [node.lower, node.upper, node.step]
        case ast.Call(func=ast.Name(id=name), keywords=[]) if name in _PURE_BUILTINS:
            return node.args
        case ast.Call(func=ast.Attribute(attr=name, value=owner), keywords=[]) if name in _PURE_METHODS:
            return [owner, *node.args]
        case _:
            return None
