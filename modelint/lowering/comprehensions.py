"""Comprehensions and generator expressions: a `For` that collects into a new container, in the frame where it stands.

Python runs them in a function of their own, which shows in nothing but the life of their variables. So these get names that no
other name can have (`x#1`), and no function is made.
"""

from __future__ import annotations

import ast

from modelint.ir.ops import Build, Collect, For, If, Op, Register
from modelint.lowering.frame import ExpressionHandlers, Frame
from modelint.lowering.positions import until
from modelint.lowering.targets import bind, bound_names
from modelint.text.span import Span


def _list(frame: Frame, node: ast.ListComp | ast.GeneratorExp) -> Register:
    container = frame.register()
    frame.ops.append(Build(container, "list", (), frame.span(node)))
    return _comprehension(frame, node.generators, container, None, node.elt)


def _set(frame: Frame, node: ast.SetComp) -> Register:
    container = frame.register()
    frame.ops.append(Build(container, "set", (), frame.span(node)))
    return _comprehension(frame, node.generators, container, None, node.elt)


def _dict(frame: Frame, node: ast.DictComp) -> Register:
    container = frame.register()
    frame.ops.append(Build(container, "dict", (), frame.span(node)))
    return _comprehension(frame, node.generators, container, node.key, node.value)


def _comprehension(
    frame: Frame, generators: list[ast.comprehension], container: Register, key: ast.expr | None, value: ast.expr
) -> Register:
    # The first iterable is evaluated outside: its names are not the comprehension's.
    iterable = frame.expression(generators[0].iter)
    with frame.renamed() as number:
        for generator in generators:
            for name in bound_names(generator.target):
                frame.rename(name, number)
        _loops(frame, generators, iterable, container, key, value)
    return container


def _loops(
    frame: Frame,
    generators: list[ast.comprehension],
    iterable: Register,
    container: Register,
    key: ast.expr | None,
    value: ast.expr,
) -> None:
    regions: list[tuple[list[Op], Register, Register, Span, bool]] = []
    for position, generator in enumerate(generators):
        if position:
            iterable = frame.expression(generator.iter)
        target = frame.register()
        span = until(frame.span(generator.target), frame.span(generator.iter))
        regions.append((frame.open(), iterable, target, span, True))
        bind(frame, generator.target, target)
        for condition in generator.ifs:
            test = frame.expression(condition)
            regions.append((frame.open(), test, test, frame.span(condition), False))
    key_register = None if key is None else frame.expression(key)
    frame.ops.append(Collect(container, key_register, frame.expression(value)))
    for outer, read, target, span, is_loop in reversed(regions):
        body = frame.close(outer)
        frame.ops.append(For(read, target, body, (), span, True) if is_loop else If(read, body, (), span, read))


COMPREHENSIONS: ExpressionHandlers = {ast.ListComp: _list, ast.GeneratorExp: _list, ast.SetComp: _set, ast.DictComp: _dict}
