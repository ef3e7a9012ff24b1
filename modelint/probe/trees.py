"""Source files as syntax trees, with places in them as the rest of modelint counts them: characters from 1."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property

from modelint.text.source import LineIndex
from modelint.text.span import Span


class SourceTree:
    """A file's text and its tree; a text that does not parse has an empty one."""

    def __init__(self, text: str) -> None:
        self._index = LineIndex(text)
        self._text = text

    @cached_property
    def module(self) -> ast.Module:
        try:
            return ast.parse(self._text)
        except (SyntaxError, ValueError, RecursionError):
            return ast.Module([], [])

    @cached_property
    def _calls(self) -> list[ast.Call]:
        return [node for node in ast.walk(self.module) if isinstance(node, ast.Call)]

    @cached_property
    def _functions(self) -> list[tuple[int, int, str]]:
        """First row, last row and qualified name of each function, outer ones first."""
        return list(_functions(self.module, ""))

    def function(self, row: int) -> str:
        """The qualified name of the innermost function around a row, `<module>` at top level."""
        around = [name for first, last, name in self._functions if first <= row <= last]
        return around[-1] if around else "<module>"

    def span(self, row: int, end_row: int, column: int, end_column: int) -> Span:
        """The span of a place whose columns count bytes from 0. Without columns, the first call that begins in the row, else the row."""
        if column >= 0:
            return Span(row, self._column(row, column), end_row, self._column(end_row, end_column))
        call = next((node for node in self._calls if node.lineno == row), None)
        return self.span_of(call) if call is not None else Span(row, 1, row, len(self._index.line(row)) + 1)

    def call(self, span: Span) -> ast.Call | None:
        """The call at exactly this place."""
        return next((node for node in self._calls if self.span_of(node) == span), None)

    def call_of_class(self, name: Span) -> ast.Call | None:
        """A call behind all that is written, of the class with its name in this row; it is not in the text."""
        classes = (node for node in ast.walk(self.module) if isinstance(node, ast.ClassDef))
        found = next((node for node in classes if node.lineno == name.row), None)
        if found is None:
            return None
        end = ast.Pass(lineno=len(self._text) + 1, col_offset=0)
        return ast.fix_missing_locations(ast.copy_location(ast.Call(ast.Name(found.name, ast.Load()), [], []), end))

    def attribute_value(self, row: int, attribute: str) -> Span | None:
        """Where the function that is defined in a row makes what it sets an attribute to: there, or where it sets the variable for it."""
        function = next((each for each in ast.walk(self.module) if isinstance(each, DEFINED) and each.lineno == row), None)
        assigned = [each for each in ast.walk(function or ast.Module([], [])) if isinstance(each, (ast.Assign, ast.AnnAssign))]
        values = {ast.unparse(target): each.value for each in assigned for target in _targets(each) if each.value is not None}
        found = next((value for text, value in values.items() if text == f"self.{attribute}"), None)
        if isinstance(found, ast.Name):
            found = values.get(found.id)
        return self.span_of(found) if found is not None else None

    def name_of_function(self, row: int) -> Span | None:
        """Where the function that begins in a row has its name."""
        functions = (each for each in ast.walk(self.module) if isinstance(each, DEFINED))
        found = next((each for each in functions if min((each, *each.decorator_list), key=_row).lineno == row), None)
        if found is None:
            return None
        column = self._index.line(found.lineno).index(found.name, self._column(found.lineno, found.col_offset) + 3) + 1
        return Span(found.lineno, column, found.lineno, column + len(found.name))

    def span_of(self, node: ast.expr) -> Span:
        end_row, end_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return Span(node.lineno, self._column(node.lineno, node.col_offset), end_row, self._column(end_row, end_column))

    def _column(self, row: int, offset: int) -> int:
        return len(self._index.line(row).encode()[:offset].decode("utf-8", "replace")) + 1


def _row(node: ast.stmt | ast.expr) -> int:
    return node.lineno


DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef)


def _targets(assigned: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return assigned.targets if isinstance(assigned, ast.Assign) else [assigned.target]


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[int, int, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, DEFINED):
            name = prefix + child.name
            yield child.lineno, child.end_lineno or child.lineno, name
            yield from _functions(child, f"{name}.<locals>.")
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        else:
            yield from _functions(child, prefix)
