"""A file as the rest of the program sees it: decoded text with `\\n` line ends, and where its notebook cells lie in it.

Only `\\n` ends a line here. Python agrees with that once `\\r\\n` and `\\r` are normalised; `str.splitlines` does not (it also
splits at form feeds and U+2028), so it is not used on program text.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

import msgspec

from modelint.text.span import Span


class Cell(msgspec.Struct, frozen=True):
    """A code cell of a notebook: `number` counts from 1 over all cells, `first_row` is its first row in the joined program.

    `has_magic`: its first line is a cell magic (`%%time`), before which nothing may be written.
    """

    number: int
    first_row: int
    rows: int
    has_magic: bool = False


class CellPlace(NamedTuple):
    """A row inside a notebook cell."""

    cell: int
    row: int


class LineIndex:
    """Where the lines of a text begin. Rows and columns count from 1, offsets from 0, all in characters."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        starts = [0]
        position = text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = text.find("\n", position + 1)
        self._starts = starts

    @property
    def rows(self) -> int:
        """How many lines there are; a text that ends in `\\n` has an empty last one."""
        return len(self._starts)

    def line(self, row: int) -> str:
        """The text of a line without its end; "" for rows that do not exist."""
        if not 1 <= row <= len(self._starts):
            return ""
        end = self._starts[row] - 1 if row < len(self._starts) else len(self._text)
        return self._text[self._starts[row - 1] : end]

    def offset(self, row: int, column: int) -> int:
        """The offset of a place; places outside the text are moved to its nearest end."""
        if row < 1:
            return 0
        if row > len(self._starts):
            return len(self._text)
        return min(self._starts[row - 1] + max(column, 1) - 1, len(self._text))

    def position(self, offset: int) -> tuple[int, int]:
        """Row and column of an offset."""
        row = bisect_right(self._starts, offset)
        return row, offset - self._starts[row - 1] + 1


class SourceFile(msgspec.Struct, frozen=True):
    """A readable file.

    `path` is what users see and what findings are keyed by: relative to the project's root with `/`, or absolute outside it.
    `newline` is the most frequent line end of the file on disk, `encoding` and `bom` say how its bytes were decoded. For a
    notebook, `text` is its code cells joined into one program with magics neutralised and every line kept, and `cells` says
    where each lies; for any other file `cells` is empty. `skipped_cells` counts code cells in other languages.
    """

    path: str
    absolute: str
    text: str
    encoding: str = "utf-8"
    newline: str = "\n"
    bom: bool = False
    is_notebook: bool = False
    cells: tuple[Cell, ...] = ()
    skipped_cells: int = 0


def cell_place(source: SourceFile, row: int) -> CellPlace | None:
    """The notebook cell that a row of the joined program lies in and the row there; None outside notebooks."""
    cell = _cell_of(source, row)
    return None if cell is None else CellPlace(cell.number, row - cell.first_row + 1)


def cell_span(source: SourceFile, span: Span) -> tuple[int | None, Span]:
    """A span of the joined program as (cell, span inside it). A span that runs past its cell ends at the cell's end."""
    cell = _cell_of(source, span.row)
    if cell is None:
        return None, span
    last = cell.first_row + cell.rows - 1
    shift = cell.first_row - 1
    if span.end_row <= last:
        return cell.number, Span(span.row - shift, span.column, span.end_row - shift, span.end_column)
    end_column = len(LineIndex(source.text).line(last)) + 1
    return cell.number, Span(span.row - shift, span.column, last - shift, end_column)


def joined_row(source: SourceFile, cell: int | None, row: int) -> int:
    """The inverse of `cell_place`: the row of the text for a row inside a cell; the row itself outside notebooks."""
    if cell is None:
        return row
    for candidate in source.cells:
        if candidate.number == cell:
            return candidate.first_row + row - 1
    return row


def _cell_of(source: SourceFile, row: int) -> Cell | None:
    if not source.cells:
        return None
    index = bisect_right(source.cells, row, key=lambda cell: cell.first_row) - 1
    return source.cells[max(index, 0)]
