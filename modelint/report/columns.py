"""Which column of a terminal a character lands in: tabs, wide and combining characters, lines too long to show whole."""

from __future__ import annotations

import unicodedata

from modelint.report.place import printable

TAB = "    "
WIDEST_LINE = 160
"""Lines wider than this are cut around what is marked in them."""
_LEAD = 40


class Window:
    """The part of a line that is shown, and where its characters are in it. `focus` is a column that must be in it."""

    def __init__(self, line: str, focus: int) -> None:
        whole = len(line) <= WIDEST_LINE
        self._first = 0 if whole else max(0, min(focus - 1 - _LEAD, len(line) - WIDEST_LINE))
        self._last = len(line) if whole else self._first + WIDEST_LINE
        self._before = "…" if self._first > 0 else ""
        self._characters = [_shown(char) for char in line[self._first : self._last]]
        self.text = self._before + "".join(self._characters) + ("…" if self._last < len(line) else "")

    def offset(self, column: int) -> int:
        """How many terminal columns lie left of the character at `column` (from 1) of the line."""
        count = min(max(column - 1 - self._first, 0), len(self._characters))
        return len(self._before) + sum(_width(text) for text in self._characters[:count])


def underline(window: Window, start: int, end: int, stroke: str) -> str:
    """The line to print below: blanks, then at least one stroke from column `start` to before `end`."""
    left = window.offset(start)
    return " " * left + stroke * max(window.offset(end) - left, 1)


def _shown(char: str) -> str:
    return TAB if char == "\t" else printable(char)


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(_character_width(char) for char in text)


def _character_width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
