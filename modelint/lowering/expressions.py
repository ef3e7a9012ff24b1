"""Expressions: operands, containers, operators, and what an `and`, an `or` or a conditional expression becomes.

Every handler appends the operations of its node to the frame and gives the register of the value.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from modelint.ir.ops import Argument, Build, ConstantValue, If, Move, Op, Register, Store, Yield
from modelint.lowering.effects import effect_free
from modelint.lowering.frame import ExpressionHandlers, Frame
from modelint.text.span import Span

BINARY: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**", ast.MatMult: "@",
    ast.LShift: "<<", ast.RShift: ">>", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
}  # fmt: skip
_UNARY: dict[type[ast.unaryop], str] = {ast.Not: "not", ast.USub: "-", ast.UAdd: "+", ast.Invert: "~"}
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
_INTEGER_LIMIT = 2**63


def constant_value(value: object) -> ConstantValue:
    """A constant of the source as one that the IR can hold, wherever it is sent."""
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        # Neither the cache's format nor `repr` takes an integer of any size.
        return value if -_INTEGER_LIMIT <= value < _INTEGER_LIMIT else hex(value)
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            return ascii(value)  # a lone surrogate cannot be encoded
        return value
    return repr(value)


def _name(frame: Frame, node: ast.Name) -> Register:
    return frame.load(node.id, frame.span(node))


def _constant(frame: Frame, node: ast.Constant) -> Register:
    return frame.constant(constant_value(node.value))


def _binary(frame: Frame, node: ast.BinOp) -> Register:
    # `a + b + c + ...` leans to the left and can be thousands deep: no recursion on that side.
    chain = [node]
    while isinstance(left := chain[-1].left, ast.BinOp):
        chain.append(left)
    value = frame.expression(chain[-1].left)
    for link in reversed(chain):
        right = frame.expression(link.right)
        value = frame.operate(BINARY[type(link.op)], (value, right), frame.span(link))
    return value


def _unary(frame: Frame, node: ast.UnaryOp) -> Register:
    number = node.operand.value if isinstance(node.operand, ast.Constant) else None
    if isinstance(node.op, ast.USub) and isinstance(number, (int, float, complex)) and not isinstance(number, bool):
        return frame.constant(constant_value(-number))
    return frame.operate(_UNARY[type(node.op)], (frame.expression(node.operand),), frame.span(node))


def _compare(frame: Frame, node: ast.Compare) -> Register:
    span = frame.span(node)
    left = frame.expression(node.left)
    results: list[Register] = []
    for operator, comparator in zip(node.ops, node.comparators, strict=True):
        right = frame.expression(comparator)
        results.append(frame.operate(_COMPARE[type(operator)], (left, right), span))
        left = right
    return results[0] if len(results) == 1 else frame.operate("and", tuple(results), span)


def _boolean(frame: Frame, node: ast.BoolOp) -> Register:
    operator = "and" if type(node.op) is ast.And else "or"
    span = frame.span(node)
    # Operands without effects need no branch of their own: they join the one before them.
    groups = [[node.values[0]]]
    for value in node.values[1:]:
        if effect_free(value):
            groups[-1].append(value)
        else:
            groups.append([value])
    if len(groups) == 1:
        return _group(frame, operator, groups[0], span)
    result = frame.register()
    _short_circuit(frame, operator, groups, result, span)
    return result


def _group(frame: Frame, operator: str, values: list[ast.expr], span: Span) -> Register:
    operands = tuple([frame.expression(value) for value in values])
    return operands[0] if len(operands) == 1 else frame.operate(operator, operands, span)


def _short_circuit(frame: Frame, operator: str, groups: list[list[ast.expr]], result: Register, span: Span) -> None:
    """`result` = the groups joined by `operator`, each evaluated only if the ones before it do not decide."""
    outers: list[tuple[list[Op], Register]] = []
    for group in groups[:-1]:
        condition = _group(frame, operator, group, span)
        frame.ops.append(Move(result, condition))
        outers.append((frame.open(), condition))
    frame.ops.append(Move(result, _group(frame, operator, groups[-1], span)))
    for outer, condition in reversed(outers):
        rest = frame.close(outer)
        then, orelse = (rest, ()) if operator == "and" else ((), rest)
        frame.ops.append(If(condition, then, orelse, span, result + 1))


def _conditional(frame: Frame, node: ast.IfExp) -> Register:
    condition = frame.expression(node.test)
    result = frame.register()
    branches = []
    for branch in (node.body, node.orelse):
        outer = frame.open()
        frame.ops.append(Move(result, frame.expression(branch)))
        branches.append(frame.close(outer))
    frame.ops.append(If(condition, branches[0], branches[1], frame.span(node), result + 1))
    return result


def items(frame: Frame, nodes: Iterable[ast.expr]) -> list[Argument]:
    """The items of a display or the positional arguments of a call."""
    arguments = []
    for node in nodes:
        if type(node) is ast.Starred:
            arguments.append(Argument("*", frame.expression(node.value)))
        else:
            arguments.append(Argument("", frame.expression(node)))
    return arguments


def _tuple(frame: Frame, node: ast.Tuple) -> Register:
    elements = tuple(items(frame, node.elts))
    into = frame.register()
    frame.ops.append(Build(into, "tuple", elements, frame.span(node)))
    return into


def _list(frame: Frame, node: ast.List) -> Register:
    elements = tuple(items(frame, node.elts))
    into = frame.register()
    frame.ops.append(Build(into, "list", elements, frame.span(node)))
    return into


def _set(frame: Frame, node: ast.Set) -> Register:
    elements = tuple(items(frame, node.elts))
    into = frame.register()
    frame.ops.append(Build(into, "set", elements, frame.span(node)))
    return into


def _dict(frame: Frame, node: ast.Dict) -> Register:
    elements: list[Argument] = []
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            elements.append(Argument("**", frame.expression(value)))
        else:
            elements.append(Argument("", frame.expression(key)))
            elements.append(Argument("", frame.expression(value)))
    into = frame.register()
    frame.ops.append(Build(into, "dict", tuple(elements), frame.span(node)))
    return into


def _slice(frame: Frame, node: ast.Slice) -> Register:
    bounds = (node.lower, node.upper, node.step)
    operands = [frame.constant(None) if bound is None else frame.expression(bound) for bound in bounds]
    return frame.operate("slice", tuple(operands), frame.span(node))


def _format(frame: Frame, node: ast.JoinedStr) -> Register:
    """The pieces of an f-string in order, texts and values. A value with a format of its own is one `format_spec` piece."""
    span = frame.span(node)
    # Before Python 3.12 the parser does not know where in an f-string an expression stands. So that places do not depend on
    # the version, all that is in one stands where the whole string does.
    outer, frame.span = frame.span, lambda _: span
    try:
        pieces = tuple([frame.expression(piece) for piece in node.values])
    finally:
        frame.span = outer
    return frame.operate("format", pieces, span)


def _format_piece(frame: Frame, node: ast.FormattedValue) -> Register:
    value = frame.expression(node.value)
    if node.format_spec is not None:
        return frame.operate("format_spec", (value, frame.expression(node.format_spec)), frame.span(node))
    return frame.operate("format_spec", (value,), frame.span(node)) if node.conversion == ord("r") else value


def _walrus(frame: Frame, node: ast.NamedExpr) -> Register:
    value = frame.expression(node.value)
    name = node.target.id
    # Binds the name outside of all comprehensions, whose own variables it cannot be.
    operation = Store(name, frame.own_scope, value)
    frame.ops.append(operation)
    frame.uses[name].append(operation)
    frame.bound.add(name)
    return value


def _await(frame: Frame, node: ast.Await) -> Register:
    if frame.standalone is node:
        frame.standalone = node.value
    return frame.expression(node.value)


def _starred(frame: Frame, node: ast.Starred) -> Register:
    # Only where the compiler would refuse it: everywhere else whoever holds the items looks for it.
    return frame.expression(node.value)


def _yield(frame: Frame, node: ast.Yield | ast.YieldFrom) -> Register:
    value = frame.constant(None) if node.value is None else frame.expression(node.value)
    into = frame.register()
    frame.ops.append(Yield(into, value, type(node) is ast.YieldFrom))
    frame.is_generator = True
    return into


EXPRESSIONS: ExpressionHandlers = {
    ast.Name: _name, ast.Constant: _constant, ast.BinOp: _binary, ast.UnaryOp: _unary, ast.Compare: _compare,
    ast.BoolOp: _boolean, ast.IfExp: _conditional, ast.Tuple: _tuple, ast.List: _list, ast.Set: _set, ast.Dict: _dict,
    ast.Slice: _slice, ast.JoinedStr: _format, ast.FormattedValue: _format_piece, ast.NamedExpr: _walrus, ast.Await: _await,
    ast.Starred: _starred, ast.Yield: _yield, ast.YieldFrom: _yield,
}  # fmt: skip
