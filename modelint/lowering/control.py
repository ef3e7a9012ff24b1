"""Statements that hold others: `if`, loops, `with`, `try`. Each becomes a region whose blocks are lowered in place."""

from __future__ import annotations

import ast

from modelint.ir.ops import Block, For, Handler, Op, Register, Try, While, With
from modelint.lowering.alternatives import Alternatives
from modelint.lowering.frame import Frame, StatementHandlers
from modelint.lowering.names import dotted_name
from modelint.lowering.positions import until
from modelint.lowering.targets import bind
from modelint.text.span import Span


def _if(frame: Frame, node: ast.If) -> None:
    # Each `elif` is an `if` in the `else` of the one before: a loop over them, since there can be very many.
    links = [node]
    while len(rest := links[-1].orelse) == 1 and isinstance(inner := rest[0], ast.If):
        links.append(inner)
    alternatives = Alternatives(frame, len(links))
    for link in links:
        frame.next = frame.base
        test = frame.expression(link.test)
        if frame.parent is None and _is_main_guard(link.test):
            frame.unit.has_main_guard = True
        outer = alternatives.begin()
        frame.statements(link.body, frame.base)
        alternatives.end(outer, test, until(frame.span(link), frame.span(link.test)))
    frame.statements(rest, frame.base)
    alternatives.finish()


def _is_main_guard(test: ast.expr) -> bool:
    match test:
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value="__main__")]):
            return True
        case ast.Compare(left=ast.Constant(value="__main__"), ops=[ast.Eq()], comparators=[ast.Name(id="__name__")]):
            return True
        case ast.BoolOp(op=ast.And(), values=values):
            return any(_is_main_guard(value) for value in values)
        case _:
            return False


def _for(frame: Frame, node: ast.For | ast.AsyncFor) -> None:
    iterable = frame.expression(node.iter)
    target = frame.register()
    base = frame.next
    outer = frame.open()
    bind(frame, node.target, target)
    body = _loop_body(frame, node.body, base, outer)
    orelse = frame.block(node.orelse, frame.base)
    frame.ops.append(For(iterable, target, body, orelse, until(frame.span(node), frame.span(node.iter))))


def _while(frame: Frame, node: ast.While) -> None:
    outer = frame.open()
    condition = frame.expression(node.test)
    test = frame.close(outer)
    body = _loop_body(frame, node.body, frame.base, frame.open())
    orelse = frame.block(node.orelse, frame.base)
    frame.ops.append(While(test, condition, body, orelse, until(frame.span(node), frame.span(node.test))))


def _loop_body(frame: Frame, nodes: list[ast.stmt], base: Register, outer: list[Op]) -> Block:
    frame.loops += 1
    frame.statements(nodes, base)
    frame.loops -= 1
    return frame.close(outer)


def _with(frame: Frame, node: ast.With | ast.AsyncWith) -> None:
    """Several items are regions inside each other, from left to right."""
    regions: list[tuple[list[Op], Register, Register, Span]] = []
    for item in node.items:
        context = frame.expression(item.context_expr)
        target = frame.register()
        start = frame.span(item.context_expr)
        span = start if item.optional_vars is None else until(start, frame.span(item.optional_vars))
        regions.append((frame.open(), context, target, span))
        if item.optional_vars is not None:
            base = frame.next
            bind(frame, item.optional_vars, target)
            frame.next = base
    frame.statements(node.body, frame.next)
    for outer, context, target, span in reversed(regions):
        body = frame.close(outer)
        frame.ops.append(With(context, target, body, span))


def _try(frame: Frame, node: ast.Try) -> None:
    base = frame.base
    body = frame.block(node.body, base)
    handlers = tuple([_handler(frame, handler) for handler in node.handlers])
    orelse = frame.block(node.orelse, base)
    final = frame.block(node.finalbody, base)
    start = frame.span(node)
    keyword = Span(start.row, start.column, start.row, start.column + len("try"))
    frame.ops.append(Try(body, handlers, orelse, final, keyword))


def _handler(frame: Frame, node: ast.ExceptHandler) -> Handler:
    types: tuple[str, ...] = ()
    if isinstance(node.type, ast.Tuple):
        types = tuple([dotted_name(element) for element in node.type.elts])
    elif node.type is not None:
        types = (dotted_name(node.type),)
    outer = frame.open()
    if node.name is not None:
        frame.next = frame.base
        frame.store(node.name, frame.operate("exception", (), frame.span(node.type or node)))
    frame.statements(node.body, frame.base)
    return Handler(types, frame.close(outer))


CONTROL: StatementHandlers = {
    ast.If: _if, ast.For: _for, ast.AsyncFor: _for, ast.While: _while, ast.With: _with, ast.AsyncWith: _with, ast.Try: _try,
}  # fmt: skip

if hasattr(ast, "TryStar"):  # from Python 3.11 on
    CONTROL = {**CONTROL, ast.TryStar: _try}
