"""Finds import statements in a text without parsing it: `scan(text) -> (Statement, ...)`.

For questions about the whole project ("who imports this file?") parsing would cost a hundred times as much. The answer is a
superset: an import inside a string is found too.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Statement(NamedTuple):
    """`import module` (`names` None) or `from module import names`, where `*` is a name; `level` counts leading dots."""

    module: str
    names: tuple[str, ...] | None
    level: int


_FROM = re.compile(r"(?:^|[;:])[ \t]*from[ \t\\\n]+(\.*)[ \t]*([\w.]*)[ \t\\\n]*$")
_PLAIN = re.compile(r"(?:^|[;:])[ \t]*$")
_NAMES = re.compile(r"import(?:[ \t\\\n]*\(([^)]*)\)|[ \t]*(\*)|(?:[ \t]|\\\n)((?:\\\n|[^\n;\\])*))")


def scan(text: str) -> tuple[Statement, ...]:
    """The import statements of a text in order. Searching for the word first is five times as fast as a pattern alone."""
    statements: list[Statement] = []
    position = text.find("import")
    while position >= 0:
        end = position + len("import")
        names = _NAMES.match(text, position)
        if names is not None:
            before = text[_line_start(text, position) : position]
            source = _FROM.search(before)
            if source is not None:
                listed = _names(names.group(1) or names.group(2) or names.group(3) or "")
                statements.append(Statement(source.group(2), tuple(listed), len(source.group(1))))
                end = names.end()
            elif names.group(3) and _PLAIN.search(before):
                statements += [Statement(name, None, 0) for name in _names(names.group(3))]
                end = names.end()
        position = text.find("import", end)
    return tuple(statements)


def _line_start(text: str, position: int) -> int:
    """Where the line begins, together with a line before it that ends in a backslash."""
    start = text.rfind("\n", 0, position) + 1
    if text[max(start - 2, 0) : start] == "\\\n":
        start = text.rfind("\n", 0, start - 1) + 1
    return start


def _names(text: str) -> list[str]:
    """The imported names of `a as b, c  # why`, over lines."""
    names = []
    for line in text.replace("\\\n", " ").split("\n"):
        for part in line.split("#")[0].split(","):
            words = part.split()
            if words and re.fullmatch(r"[\w.]+|\*", words[0]):
                names.append(words[0])
    return names
