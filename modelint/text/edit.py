"""Changing a text at several places at once, by offsets: `apply_edits(text, edits)`.

Edits are replacements of stretches that do not overlap; whoever chooses them decides what waits for another round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\r|\n")


class TextEdit(NamedTuple):
    """Replace `text[start:end]` by `content`. An insertion has `start == end`."""

    start: int
    end: int
    content: str

    def overlaps(self, other: TextEdit) -> bool:
        """Whether both change the same characters. Two insertions at one place do not; an insertion at the edge of what
        another edit replaces does, since the text that it belongs to may be gone."""
        if self.start == self.end and other.start == other.end:
            return False
        return self.start <= other.end and other.start <= self.end


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """`text` with all edits made, in one sweep. The order in which they are given does not matter."""
    pieces = []
    position = 0
    for edit in sorted(set(edits)):
        if edit.start < position or edit.end < edit.start or edit.end > len(text):
            raise ValueError(f"edit at {edit.start} overlaps another one or lies outside the text")
        pieces += [text[position : edit.start], edit.content]
        position = edit.end
    return "".join([*pieces, text[position:]])


class RawLines:
    """The lines of a text with the line ends that it has on disk. Rows and columns are those of the normalised text."""

    def __init__(self, text: str, newline: str = "\n") -> None:
        ends = list(_LINE_END.finditer(text))
        self._starts = [0, *(end.end() for end in ends)]
        self._stops = [*(end.start() for end in ends), len(text)]
        self._ends = [end.group() for end in ends]
        self._newline = newline

    def offset(self, row: int, column: int) -> int:
        """The offset of a place; one past the end of its line is the end of the line."""
        if row > len(self._starts):
            return self._stops[-1]
        return min(self._starts[row - 1] + column - 1, self._stops[row - 1])

    def newline(self, row: int) -> str:
        """What ends a line there: its own end, else that of the line above, else the usual one of the file."""
        for candidate in (row, row - 1):
            if 1 <= candidate <= len(self._ends):
                return self._ends[candidate - 1]
        return self._newline
