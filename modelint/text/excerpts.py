"""Pieces of the files of a project, by place."""

from __future__ import annotations

from collections.abc import Callable

from modelint.text.span import Span


class Excerpts:
    """`text_of` gives the text of a file; each is split into lines once."""

    def __init__(self, text_of: Callable[[str], str]) -> None:
        self._text_of = text_of
        self._lines: dict[str, list[str]] = {}

    def at(self, path: str, span: Span) -> str:
        """The source text of a span, from one line."""
        if path not in self._lines:
            self._lines[path] = self._text_of(path).split("\n")
        lines = self._lines[path]
        if not 1 <= span.row <= len(lines):
            return ""
        end = span.end_column - 1 if span.end_row == span.row else None
        return lines[span.row - 1][span.column - 1 : end]
