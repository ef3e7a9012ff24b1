"""Goes over the operations of a block and of everything nested in it, in the order of the source."""

from __future__ import annotations

from collections.abc import Iterator

from modelint.ir.ops import For, If, Op, Try, While, With


def walk(block: tuple[Op, ...]) -> Iterator[Op]:
    stack = [iter(block)]
    while stack:
        op = next(stack[-1], None)
        if op is None:
            stack.pop()
            continue
        yield op
        inner = nested(op)
        if inner:
            stack.append(iter(inner))


def nested(op: Op) -> tuple[Op, ...]:
    """The operations directly inside a region."""
    match op:
        case If():
            return (*op.then, *op.orelse)
        case For():
            return (*op.body, *op.orelse)
        case While():
            return (*op.test, *op.body, *op.orelse)
        case Try():
            return (*op.body, *(each for handler in op.handlers for each in handler.body), *op.orelse, *op.final)
        case With():
            return op.body
        case _:
            return ()
