"""Spans of syntax nodes.

The parser counts columns in UTF-8 bytes from 0; a `Span` counts characters from 1. The two differ only on lines that are not
ASCII, so a file without any takes the short way.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from modelint.text.span import Span

Located = ast.stmt | ast.expr | ast.pattern | ast.excepthandler | ast.arg
SpanOf = Callable[["Located"], Span]

_NEWLINE = re.compile(r"\r\n|\r|\n")
_HEADER = re.compile(r"(?:async\s+def|def|class)\s+(\w+)")
_new = tuple.__new__


class Positions:
    """The lines of one file and the spans of its nodes. `span` is the span of a whole node."""

    def __init__(self, text: str) -> None:
        # Not `splitlines`: the parser does not count form feeds and Unicode line separators as ends of lines.
        self.lines = _NEWLINE.split(text)
        self.wide = {} if text.isascii() else {
            row: line.encode("utf-8", "surrogatepass") for row, line in enumerate(self.lines, 1) if not line.isascii()
        }  # fmt: skip
        self.span: SpanOf = self._wide_span if self.wide else _narrow_span

    def column(self, row: int, offset: int) -> int:
        line = self.wide.get(row)
        if line is None:
            return offset + 1
        return len(line[:offset].decode("utf-8", "replace")) + 1

    def _wide_span(self, node: Located) -> Span:
        row = node.lineno
        end_row = node.end_lineno or row
        end_offset = node.end_col_offset or 0
        return Span(row, self.column(row, node.col_offset), end_row, self.column(end_row, end_offset))

    def whole(self) -> Span:
        """From the first character of the file to its last."""
        return Span(1, 1, len(self.lines), len(self.lines[-1]) + 1)

    def header(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Span:
        """The name in a `def` or `class` line."""
        row = node.lineno
        column = self.column(row, node.col_offset)
        line = self.lines[row - 1]
        if found := _HEADER.match(line, column - 1):
            return Span(row, found.start(1) + 1, row, found.end(1) + 1)
        return Span(row, column, row, len(line) + 1)  # the name is on a continuation line

    def definition(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Span:
        """A definition with its decorators, from the `@` of the first one."""
        span = self.span(node)
        if not node.decorator_list:
            return span
        # The `@` stands in the same column as the `def`, at or above the row where the decorator's expression starts.
        row = self.span(node.decorator_list[0]).row
        while row > 1 and not self.lines[row - 1].lstrip().startswith("@"):
            row -= 1
        return Span(row, span.column, span.end_row, span.end_column)


def _narrow_span(node: Located) -> Span:
    # What `Span(...)` does, without its call: this is the most frequent call of the whole stage. A parsed node has its end.
    return _new(Span, (node.lineno, node.col_offset + 1, node.end_lineno, node.end_col_offset + 1))  # type: ignore[operator]


def until(start: Span, end: Span) -> Span:
    """From the start of one span to the end of another."""
    return Span(start.row, start.column, end.end_row, end.end_column)
