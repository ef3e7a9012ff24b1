"""`match` statements, as chains of `If`.

A pattern gives the register of its test (None: it always matches) and the names that it captures, which are stored only where
the test holds. What sequence and mapping patterns ask of their subject is not modelled: their test is an unknown, `match`.
"""

from __future__ import annotations

import ast

from modelint.ir.ops import GetAttribute, GetItem, If, Move, Register
from modelint.lowering.alternatives import Alternatives
from modelint.lowering.frame import Frame, StatementHandlers
from modelint.lowering.positions import Located, until
from modelint.text.span import Span


class _Pattern:
    """What has been found out about one pattern: tests that must all hold, and the values of its captures."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.tests: list[Register] = []
        self.captures: list[tuple[str, Register]] = []

    def test(self, operator: str, operands: tuple[Register, ...], node: Located) -> None:
        self.tests.append(self.frame.operate(operator, operands, self.frame.span(node)))

    def condition(self, span: Span) -> Register | None:
        if len(self.tests) < 2:
            return self.tests[0] if self.tests else None
        return self.frame.operate("and", tuple(self.tests), span)

    def visit(self, node: ast.pattern, subject: Register) -> None:
        match node:
            case ast.MatchValue():
                self.test("==", (subject, self.frame.expression(node.value)), node)
            case ast.MatchSingleton():
                self.test("is", (subject, self.frame.constant(node.value)), node)
            case ast.MatchClass():
                self._class(node, subject)
            case ast.MatchOr():
                self._or(node, subject)
            case ast.MatchAs():
                if node.pattern is not None:
                    self.visit(node.pattern, subject)
                if node.name is not None:
                    self.captures.append((node.name, subject))
            case ast.MatchSequence():
                self._sequence(node, subject)
            case ast.MatchMapping():
                self._mapping(node, subject)
            case ast.MatchStar():
                if node.name is not None:
                    self.captures.append((node.name, self.unknown_part(node, subject)))
            case _:
                self.tests.append(self.frame.unmodelled_value(node))

    def unknown_part(self, node: Located, subject: Register) -> Register:
        return self.frame.operate("match", (subject,), self.frame.span(node))

    def _class(self, node: ast.MatchClass, subject: Register) -> None:
        self.test("isinstance", (subject, self.frame.expression(node.cls)), node)
        for pattern in node.patterns:  # which attribute it means, the class's `__match_args__` would say
            self.visit(pattern, self.unknown_part(pattern, subject))
        for name, pattern in zip(node.kwd_attrs, node.kwd_patterns, strict=True):
            self.frame.words.add(name)
            value = self.frame.register()
            self.frame.ops.append(GetAttribute(value, subject, name, self.frame.span(pattern)))
            self.visit(pattern, value)

    def _or(self, node: ast.MatchOr, subject: Register) -> None:
        span = self.frame.span(node)
        conditions: list[Register] = []
        for alternative in node.patterns:
            inner = _Pattern(self.frame)
            inner.visit(alternative, subject)
            condition = inner.condition(span)
            if condition is None:  # the last alternative may match anything
                self.captures += inner.captures
                return
            conditions.append(condition)
        self.test("or", tuple(conditions), node)
        # All alternatives bind the same names, to parts of the subject that depend on which one matched.
        self.captures += [(name, self.unknown_part(node, subject)) for name, _ in inner.captures]

    def _sequence(self, node: ast.MatchSequence, subject: Register) -> None:
        self.test("match", (subject,), node)
        starred = False
        for position, pattern in enumerate(node.patterns):
            starred = starred or isinstance(pattern, ast.MatchStar)
            if starred:
                self.visit(pattern, subject if isinstance(pattern, ast.MatchStar) else self.unknown_part(pattern, subject))
            else:
                self.visit(pattern, self._item(subject, self.frame.constant(position)))

    def _mapping(self, node: ast.MatchMapping, subject: Register) -> None:
        self.test("match", (subject,), node)
        for key, pattern in zip(node.keys, node.patterns, strict=True):
            self.visit(pattern, self._item(subject, self.frame.expression(key)))
        if node.rest is not None:
            self.captures.append((node.rest, self.unknown_part(node, subject)))

    def _item(self, subject: Register, index: Register) -> Register:
        value = self.frame.register()
        self.frame.ops.append(GetItem(value, subject, index))
        return value


def _match(frame: Frame, node: ast.Match) -> None:
    subject = frame.expression(node.subject)
    outer_base, frame.base = frame.base, frame.next
    alternatives = Alternatives(frame, len(node.cases))
    for case in node.cases:
        frame.next = frame.base
        pattern = _Pattern(frame)
        pattern.visit(case.pattern, subject)
        span = frame.span(case.pattern)
        condition = pattern.condition(span)
        if case.guard is not None:
            condition = _guarded(frame, pattern, condition, case.guard)
            span = until(span, frame.span(case.guard))
        if condition is None:  # nothing after it can match
            _store_captures(frame, pattern)
            frame.statements(case.body, frame.base)
            break
        outer = alternatives.begin()
        if case.guard is None:
            _store_captures(frame, pattern)
        frame.statements(case.body, frame.base)
        alternatives.end(outer, condition, span)
    alternatives.finish()
    frame.base = outer_base


def _guarded(frame: Frame, pattern: _Pattern, condition: Register | None, guard: ast.expr) -> Register:
    """Captures are stored before the guard runs, and stay so if it says no."""
    if condition is None:
        _store_captures(frame, pattern)
        return frame.expression(guard)
    result = frame.register()
    frame.ops.append(Move(result, condition))
    outer = frame.open()
    _store_captures(frame, pattern)
    frame.ops.append(Move(result, frame.expression(guard)))
    then = frame.close(outer)
    frame.ops.append(If(condition, then, (), frame.span(guard), result + 1))
    return result


def _store_captures(frame: Frame, pattern: _Pattern) -> None:
    for name, value in pattern.captures:
        frame.store(name, value)


MATCHING: StatementHandlers = {ast.Match: _match}
