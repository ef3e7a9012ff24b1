"""The source of a program with its syntax tree, and how to find things in it by place.

Everything walks with a stack of its own: the program under check may be nested more deeply than Python's stack allows.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from modelint.lowering.positions import Positions
from modelint.syntax.parse import ParseFailure, parse
from modelint.text.source import LineIndex
from modelint.text.span import Span

Function: TypeAlias = "ast.FunctionDef | ast.AsyncFunctionDef"
Loop = (ast.For, ast.AsyncFor, ast.While)
With = (ast.With, ast.AsyncWith)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_BLOCKS = ("body", "orelse", "finalbody")


class Level(NamedTuple):
    """A statement on the way to a place: the one at `position` of `block`, which is the `field` of `owner`."""

    owner: ast.AST
    field: str
    block: list[ast.stmt]
    position: int

    @property
    def statement(self) -> ast.stmt:
        return self.block[self.position]


class Code:
    """A text that parses. `index` and `span_of` give places in it; rows and columns as in `Span`."""

    def __init__(self, text: str, tree: ast.Module) -> None:
        self.text = text
        self.tree = tree
        self.index = LineIndex(text)
        self._positions = Positions(text)
        self._calls: dict[tuple[int, int], list[ast.Call]] | None = None
        self._parents: dict[ast.AST, ast.AST] | None = None

    def span_of(self, node: ast.stmt | ast.expr | ast.arg) -> Span:
        """Where a node is; a decorated definition begins at its first decorator."""
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            return self._positions.definition(node)
        return self._positions.span(node)

    def source(self, node: ast.expr) -> str:
        """An expression as it is written."""
        span = self.span_of(node)
        return self.text[self.offset(span.row, span.column) : self.offset(span.end_row, span.end_column)]

    def offset(self, row: int, column: int) -> int:
        return self.index.offset(row, column)

    def contains(self, node: ast.stmt | ast.expr, span: Span) -> bool:
        """Whether the beginning of `span` lies in the node."""
        own = self.span_of(node)
        return (own.row, own.column) <= (span.row, span.column) < (own.end_row, own.end_column)

    def call_at(self, span: Span) -> ast.Call | None:
        """The call at a place; of several that begin there the one that ends there too, else the shortest."""
        if self._calls is None:
            self._calls = {}
            for node in ast.walk(self.tree):
                if isinstance(node, ast.Call):
                    own = self.span_of(node)
                    self._calls.setdefault((own.row, own.column), []).append(node)
        found = self._calls.get((span.row, span.column), [])
        exact = [call for call in found if self.span_of(call) == span]
        shortest = sorted(found, key=lambda call: self.span_of(call)[2:])
        return next(iter([*exact, *shortest]), None)

    def parent(self, node: ast.AST) -> ast.AST | None:
        """What a node is part of."""
        if self._parents is None:
            self._parents = {child: each for each in ast.walk(self.tree) for child in ast.iter_child_nodes(each)}
        return self._parents.get(node)

    def scopes(self, node: ast.AST) -> Iterator[ast.AST]:
        """The functions, classes and lambdas around a node, innermost first, without itself."""
        parent = self.parent(node)
        while parent is not None:
            if isinstance(parent, _SCOPES):
                yield parent
            parent = self.parent(parent)

    def levels(self, span: Span) -> list[Level]:
        """The statements around a place, from the body of the innermost function (or the file) inwards."""
        found: list[Level] = []
        owner: ast.AST = self.tree
        while (level := self._level_in(owner, span)) is not None:
            found.append(level)
            owner = level.statement
            if isinstance(owner, (ast.FunctionDef, ast.AsyncFunctionDef)) and self._in_body(owner, span):
                found = []
        return found

    def function_of(self, levels: list[Level]) -> Function | None:
        """The function whose body the levels begin in; None for the file itself."""
        owner = levels[0].owner if levels else None
        return owner if isinstance(owner, (ast.FunctionDef, ast.AsyncFunctionDef)) else None

    def _in_body(self, function: Function, span: Span) -> bool:
        return any(self.contains(statement, span) for statement in function.body)

    def _level_in(self, owner: ast.AST, span: Span) -> Level | None:
        for holder, field, block in blocks_of(owner):
            for index, statement in enumerate(block):
                if self.contains(statement, span):
                    return Level(holder, field, block, index)
        return None

    def is_elif(self, level: Level) -> bool:
        """The statement is written `elif`, so that nothing can stand before it."""
        if level.field != "orelse" or not isinstance(level.owner, ast.If) or not isinstance(level.statement, ast.If):
            return False
        span = self.span_of(level.statement)
        return self.text.startswith("elif", self.offset(span.row, span.column))


def blocks_of(owner: ast.AST) -> Iterator[tuple[ast.AST, str, list[ast.stmt]]]:
    """The lists of statements directly in a statement or file, with the node and the field that hold them."""
    for field in _BLOCKS:
        block = getattr(owner, field, None)
        if isinstance(block, list) and block:
            yield owner, field, block
    for part in (*getattr(owner, "handlers", ()), *getattr(owner, "cases", ())):
        yield part, "body", part.body


def read_code(text: str) -> Code | None:
    """The text as code; None if it does not parse."""
    try:
        return Code(text, parse(text, ""))
    except ParseFailure:
        return None
