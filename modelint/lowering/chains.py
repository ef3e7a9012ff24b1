"""Attributes, calls and subscripts, which hang on each other in chains: `a.b(c)[d].e(f)`.

Chains of thousands of calls occur in generated code, so a chain is walked with a loop and not by recursion.
"""

from __future__ import annotations

import ast
from typing import TypeAlias

from modelint.ir.ops import Argument, Call, GetAttribute, GetItem, Register
from modelint.lowering.expressions import items
from modelint.lowering.frame import ExpressionHandlers, Frame

Link: TypeAlias = "ast.Attribute | ast.Call | ast.Subscript"

# Their second argument is an attribute's name, though it looks like any text.
_ATTRIBUTE_BUILTINS = frozenset({"getattr", "hasattr", "setattr", "delattr"})


def _chain(frame: Frame, node: Link) -> Register:
    links: list[Link] = []
    root: ast.expr = node
    while True:
        if isinstance(root, (ast.Attribute, ast.Subscript)):
            links.append(root)
            root = root.value
        elif isinstance(root, ast.Call):
            links.append(root)
            root = root.func
        else:
            break
    text = root.id if isinstance(root, ast.Name) else ""
    value = frame.expression(root)
    for link in reversed(links):
        if isinstance(link, ast.Attribute):
            value = _attribute(frame, value, link)
            if text:
                text = f"{text}.{link.attr}"
        elif isinstance(link, ast.Call):
            value = _call(frame, value, link, text)
            text = ""
        else:
            value = _subscript(frame, value, link)
            text = ""
    return value


def _attribute(frame: Frame, owner: Register, node: ast.Attribute) -> Register:
    name = node.attr
    frame.words.add(name)
    into = frame.register()
    frame.ops.append(GetAttribute(into, owner, name, frame.span(node), node is frame.standalone))
    return into


def _call(frame: Frame, function: Register, node: ast.Call, text: str) -> Register:
    arguments = items(frame, node.args)
    for keyword in node.keywords:
        if keyword.arg is None:
            arguments.append(Argument("**", frame.expression(keyword.value)))
        else:
            frame.words.add(keyword.arg)
            arguments.append(Argument(keyword.arg, frame.expression(keyword.value)))
    if text in _ATTRIBUTE_BUILTINS and len(node.args) > 1:
        name = node.args[1]
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            frame.words.add(name.value)
    into = frame.register()
    frame.ops.append(Call(into, function, tuple(arguments), frame.span(node), text, node is frame.standalone))
    return into


def _subscript(frame: Frame, owner: Register, node: ast.Subscript) -> Register:
    index = frame.expression(node.slice)
    into = frame.register()
    frame.ops.append(GetItem(into, owner, index))
    return into


CHAINS: ExpressionHandlers = {ast.Attribute: _chain, ast.Call: _chain, ast.Subscript: _chain}
