"""From the places of a record to sites in the project's sources, as the interpreter writes them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property

from modelint.events import Site
from modelint.files.paths import shown_path
from modelint.files.read import read
from modelint.probe.protocol import Place
from modelint.text.source import LineIndex, SourceFile
from modelint.text.span import Span


class Places:
    """The sites of places, and the sources that they lie in."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._files: dict[str, _File] = {}

    @property
    def sources(self) -> dict[str, SourceFile]:
        return {file.path: file.source for file in self._files.values() if file.source is not None}

    def site(self, place: Place) -> Site:
        file = self._file(place.path)
        span = file.span(place)
        return Site(file.path, file.function(span.row), span)

    def callee(self, place: Place) -> str:
        """What is called at a place, as it is written; "" if that cannot be told."""
        file = self._file(place.path)
        call = file.call(file.span(place))
        return ast.unparse(call.func) if call is not None else ""

    def _file(self, absolute: str) -> _File:
        if absolute not in self._files:
            self._files[absolute] = _File(absolute, shown_path(absolute, self._root))
        return self._files[absolute]


class _File:
    def __init__(self, absolute: str, path: str) -> None:
        self.path = path
        result = read(absolute, path)
        self.source = result if isinstance(result, SourceFile) else None
        self._index = LineIndex(self.source.text if self.source is not None else "")

    @cached_property
    def _nodes(self) -> list[ast.AST]:
        try:
            return list(ast.walk(ast.parse(self.source.text if self.source is not None else "")))
        except (SyntaxError, ValueError, RecursionError):
            return []

    @cached_property
    def _functions(self) -> list[tuple[int, int, str]]:
        """First row, last row and qualified name of each function, outer ones first."""
        tree = self._nodes[0] if self._nodes else None
        return list(_functions(tree, "")) if tree is not None else []

    def function(self, row: int) -> str:
        around = [name for first, last, name in self._functions if first <= row <= last]
        return around[-1] if around else "<module>"

    def span(self, place: Place) -> Span:
        """Without columns, the first call that begins in the row, else the row."""
        if place.column >= 0:
            return Span(
                place.row, self._column(place.row, place.column), place.end_row, self._column(place.end_row, place.end_column)
            )
        call = next((node for node in self._calls() if node.lineno == place.row), None)
        if call is None:
            return Span(place.row, 1, place.row, len(self._index.line(place.row)) + 1)
        return self._span_of(call)

    def call(self, span: Span) -> ast.Call | None:
        return next((node for node in self._calls() if self._span_of(node) == span), None)

    def _calls(self) -> Iterator[ast.Call]:
        return (node for node in self._nodes if isinstance(node, ast.Call))

    def _span_of(self, node: ast.Call) -> Span:
        end_row, end_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return Span(node.lineno, self._column(node.lineno, node.col_offset), end_row, self._column(end_row, end_column))

    def _column(self, row: int, offset: int) -> int:
        return len(self._index.line(row).encode()[:offset].decode("utf-8", "replace")) + 1


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[int, int, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            name = prefix + child.name
            yield child.lineno, child.end_lineno or child.lineno, name
            yield from _functions(child, f"{name}.<locals>.")
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        else:
            yield from _functions(child, prefix)
