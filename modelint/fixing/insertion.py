"""Inserting a statement beside another one, in the layout that the file has there.

A whole line with the indentation of its neighbour where the neighbour begins a line; behind or before a `;` where it shares one
(`if x: step()`), because there no line can be put. Spans are those of the text with `\\n` line ends.
"""

from __future__ import annotations

import ast

from modelint.fixing.code import Code
from modelint.text.span import Span

Insertion = tuple[Span, str]
"""An empty span, and what to write there."""
_SIMPLE_END = " \t\f"


def before(code: Code, statement: ast.stmt, text: str) -> Insertion | None:
    """`text` as a statement right before another. None where nothing can stand: before a compound statement in mid-line."""
    span = code.span_of(statement)
    indentation = _indentation(code, span)
    if indentation is not None:
        return Span(span.row, 1, span.row, 1), f"{indentation}{text}\n"
    if hasattr(statement, "body"):
        return None
    return Span(span.row, span.column, span.row, span.column), f"{text}; "


def after(code: Code, statement: ast.stmt, text: str) -> Insertion:
    """`text` as a statement right after a simple statement, or as the next one after a compound one."""
    span = code.span_of(statement)
    first = _indentation(code, _first_on_line(code, span))
    line = code.index.line(span.end_row)
    rest = line[span.end_column - 1 :].lstrip(_SIMPLE_END)
    trailing = rest.removeprefix(";").lstrip(_SIMPLE_END)
    if hasattr(statement, "body") or (first is not None and (not trailing or trailing.startswith("#"))):
        column = len(line) + 1
        return Span(span.end_row, column, span.end_row, column), f"\n{first or ''}{text}"
    return Span(span.end_row, span.end_column, span.end_row, span.end_column), f"; {text}"


def _indentation(code: Code, span: Span) -> str | None:
    """The indentation of a statement that begins its line; None if something stands before it, also on a line continued by `\\`."""
    lead = code.index.line(span.row)[: span.column - 1]
    continued = span.row > 1 and code.index.line(span.row - 1).endswith("\\")
    if lead.strip(_SIMPLE_END) or (continued and not _is_comment(code.index.line(span.row - 1))):
        return None
    # A form feed starts the count of columns again, and one is enough.
    return lead.rpartition("\f")[2]


def _first_on_line(code: Code, span: Span) -> Span:
    """The place of the first statement of a line on which several simple ones stand; the place itself if a header does."""
    line = code.index.line(span.row)
    lead = line[: span.column - 1]
    if not lead.strip(_SIMPLE_END):
        return span
    levels = code.levels(span)
    block = levels[-1].block if levels else []
    return next((code.span_of(each) for each in block if code.span_of(each).row == span.row), span)


def _is_comment(line: str) -> bool:
    return line.lstrip(_SIMPLE_END).startswith("#")
