"""Where the sources of a notebook's cells stand in its JSON text, and how to change them without touching anything else.

Output ids, metadata, order of keys, indentation and escapes stay as they are: what changes is spliced into the string literals of
the cell, and a line that is added to a list of lines becomes an item of its own, as Jupyter writes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from modelint.text.edit import TextEdit, apply_edits

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)
_UNIT = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Literal:
    """A string literal of the JSON text: its stretch with the quotes, and the text that it stands for."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class CellSource:
    """The source of a cell. `separator` is what stands between two items if it is a list of lines, "" if it is one string."""

    literals: tuple[Literal, ...]
    separator: str

    @property
    def text(self) -> str:
        return "".join(literal.text for literal in self.literals)


def cell_sources(notebook: str) -> dict[int, CellSource]:
    """The source of every cell by its number, which counts all cells from 1."""
    found: dict[int, CellSource] = {}
    path: list[str | int] = []
    expecting_key = [False]
    for token in _TOKEN.finditer(notebook):
        mark = token.group()
        here = tuple(path)
        if mark in "{[":
            if len(here) == 3 and here[0] == "cells" and here[2] == "source":
                found[int(here[1]) + 1] = _list_source(notebook, token.end())
            path.append("" if mark == "{" else 0)
            expecting_key.append(mark == "{")
        elif mark in "}]":
            path.pop()
            expecting_key.pop()
        elif mark == ",":
            last = path[-1]
            path[-1] = last + 1 if isinstance(last, int) else ""
            expecting_key[-1] = isinstance(path[-1], str)
        elif mark == ":":
            expecting_key[-1] = False
        elif mark[0] == '"':
            if expecting_key[-1]:
                path[-1] = json.loads(mark, strict=False)
            elif len(here) == 3 and here[0] == "cells" and here[2] == "source":
                found[int(here[1]) + 1] = CellSource((_literal(token),), "")
    return found


def _list_source(notebook: str, start: int) -> CellSource:
    literals = list(_strings(notebook, start))
    if not literals:
        return CellSource((), ",")
    if len(literals) > 1:
        separator = notebook[literals[0].end : literals[1].start]
    else:
        separator = "," + notebook[start : literals[0].start]
    return CellSource(tuple(literals), separator)


def _strings(notebook: str, start: int) -> Iterator[Literal]:
    for token in _TOKEN.finditer(notebook, start):
        if token.group() == "]":
            return
        if token.group()[0] == '"':
            yield _literal(token)


def _literal(token: re.Match[str]) -> Literal:
    return Literal(token.start(), token.end(), json.loads(token.group(), strict=False))


def change_cells(notebook: str, changes: Sequence[tuple[CellSource, Sequence[TextEdit]]]) -> str:
    """The notebook with the edits made, whose offsets are those of each cell's text."""
    edits = [edit for source, wanted in changes for each in wanted for edit in _spliced(notebook, source, each)]
    return apply_edits(notebook, edits)


def _spliced(notebook: str, source: CellSource, edit: TextEdit) -> Iterator[TextEdit]:
    """An edit of a cell's text as edits inside its literals."""
    position = 0
    content = edit.content
    last = len(source.literals) - 1
    for number, literal in enumerate(source.literals):
        start, end = position, position + len(literal.text)
        position = end
        begins_here = start <= edit.start < end or (edit.start == end and number == last)
        if edit.end < start or edit.start > end or (not begins_here and (edit.start >= end or edit.end <= start)):
            continue
        raw = _raw_offsets(notebook, literal)
        first = raw[max(edit.start, start) - start]
        stop = raw[min(edit.end, end) - start]
        yield TextEdit(first, stop, _written(content, source.separator) if begins_here else "")


def _written(content: str, separator: str) -> str:
    """Text inside a string literal; in a list of lines, each line end closes an item."""
    lines = content.split("\n")
    escaped = [json.dumps(line, ensure_ascii=False)[1:-1] for line in lines]
    return (f'\\n"{separator}"' if separator else "\\n").join(escaped)


def _raw_offsets(notebook: str, literal: Literal) -> list[int]:
    """Where in the JSON text each character of a literal stands, and the closing quote."""
    offsets = [match.start() for match in _UNIT.finditer(notebook, literal.start + 1, literal.end - 1)]
    return [*offsets, literal.end - 1]
