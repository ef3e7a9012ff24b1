"""Statements that hold no others: assignments, imports, `return` and its like."""

from __future__ import annotations

import ast

from modelint.ir.ops import (
    Break,
    Continue,
    GetAttribute,
    GetItem,
    If,
    Import,
    Raise,
    Register,
    Return,
    SetAttribute,
    SetItem,
)
from modelint.lowering.expressions import BINARY
from modelint.lowering.frame import Frame, StatementHandlers
from modelint.lowering.positions import until
from modelint.lowering.targets import bind


def _expression(frame: Frame, node: ast.Expr) -> None:
    if type(node.value) is ast.Constant:
        return  # a docstring, or `...`
    frame.standalone = node.value
    frame.expression(node.value)
    frame.standalone = None


def _assign(frame: Frame, node: ast.Assign) -> None:
    value = frame.expression(node.value)
    for target in node.targets:
        bind(frame, target, value)


def _annotated_assign(frame: Frame, node: ast.AnnAssign) -> None:
    if node.value is not None:
        bind(frame, node.target, frame.expression(node.value))
    elif isinstance(node.target, ast.Name) and node.simple:
        frame.bound.add(node.target.id)


def _augmented_assign(frame: Frame, node: ast.AugAssign) -> None:
    target = node.target
    span = frame.span(target)
    if isinstance(target, ast.Name):
        old = frame.load(target.id, span)
        frame.store(target.id, _updated(frame, node, old))
    elif isinstance(target, ast.Attribute):
        owner = frame.expression(target.value)
        frame.words.add(target.attr)
        old = frame.register()
        frame.ops.append(GetAttribute(old, owner, target.attr, span))
        frame.ops.append(SetAttribute(owner, target.attr, _updated(frame, node, old), span))
    else:
        owner = frame.expression(target.value)
        index = frame.expression(target.slice)
        old = frame.register()
        frame.ops.append(GetItem(old, owner, index))
        frame.ops.append(SetItem(owner, index, _updated(frame, node, old)))


def _updated(frame: Frame, node: ast.AugAssign, old: Register) -> Register:
    return frame.operate(BINARY[type(node.op)] + "=", (old, frame.expression(node.value)), frame.span(node))


def _delete(frame: Frame, node: ast.Delete) -> None:
    pending = list(reversed(node.targets))
    while pending:
        target = pending.pop()
        if isinstance(target, ast.Name):
            frame.bound.add(frame.renames.get(target.id, target.id))
        elif isinstance(target, (ast.Attribute, ast.Subscript)):
            frame.expression(target.value)
        elif isinstance(target, (ast.Tuple, ast.List)):
            pending += reversed(target.elts)


def _return(frame: Frame, node: ast.Return) -> None:
    value = frame.constant(None) if node.value is None else frame.expression(node.value)
    frame.ops.append(Return(value, frame.span(node)))


def _raise(frame: Frame, node: ast.Raise) -> None:
    value = None if node.exc is None else frame.expression(node.exc)
    if node.cause is not None:
        frame.expression(node.cause)
    frame.ops.append(Raise(value, frame.span(node)))


def _assert(frame: Frame, node: ast.Assert) -> None:
    span = frame.span(node)
    test = frame.expression(node.test)
    outer = frame.open()
    if node.msg is None:
        value = frame.load("AssertionError", span)
    else:
        value = frame.expression(node.msg)
    frame.ops.append(Raise(value, span))
    orelse = frame.close(outer)
    frame.ops.append(If(test, (), orelse, until(span, frame.span(node.test)), frame.base))


def _import(frame: Frame, node: ast.Import) -> None:
    span = frame.span(node)
    for alias in node.names:
        module = alias.name
        frame.unit.imports.append((module, None, 0))
        frame.words.update(module.split("."))
        into = frame.register()
        root, dot, _ = module.partition(".")
        frame.ops.append(Import(into, module, None, 0, span, bool(dot) and alias.asname is None))
        frame.store(alias.asname or root, into)


def _import_from(frame: Frame, node: ast.ImportFrom) -> None:
    span = frame.span(node)
    module = node.module or ""
    for alias in node.names:
        frame.unit.imports.append((module, alias.name, node.level))
        frame.words.add(alias.name)
        into = frame.register()
        frame.ops.append(Import(into, module, alias.name, node.level, span))
        if alias.name != "*":
            frame.store(alias.asname or alias.name, into)
    frame.words.update(module.split("."))


def _global(frame: Frame, node: ast.Global) -> None:
    frame.declared_global.update(node.names)


def _nonlocal(frame: Frame, node: ast.Nonlocal) -> None:
    frame.declared_nonlocal.update(node.names)


def _pass(frame: Frame, node: ast.Pass) -> None:
    pass


def _break(frame: Frame, node: ast.Break) -> None:
    if frame.loops:
        frame.ops.append(Break())
    else:  # the parser lets it pass, the compiler would not
        frame.havoc("break outside a loop", (), frame.span(node))


def _continue(frame: Frame, node: ast.Continue) -> None:
    if frame.loops:
        frame.ops.append(Continue())
    else:
        frame.havoc("continue outside a loop", (), frame.span(node))


STATEMENTS: StatementHandlers = {
    ast.Expr: _expression, ast.Assign: _assign, ast.AnnAssign: _annotated_assign, ast.AugAssign: _augmented_assign,
    ast.Delete: _delete, ast.Return: _return, ast.Raise: _raise, ast.Assert: _assert, ast.Import: _import,
    ast.ImportFrom: _import_from, ast.Global: _global, ast.Nonlocal: _nonlocal, ast.Pass: _pass, ast.Break: _break,
    ast.Continue: _continue,
}  # fmt: skip


def _type_alias(frame: Frame, node: ast.stmt) -> None:
    name = getattr(node, "name")  # noqa: B009  (the class does not exist before Python 3.12)
    frame.store(name.id, frame.operate("type", (), frame.span(node)))


if hasattr(ast, "TypeAlias"):  # from Python 3.12 on
    STATEMENTS = {**STATEMENTS, ast.TypeAlias: _type_alias}
