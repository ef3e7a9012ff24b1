"""Python source as HTML with comments, strings and keywords marked, one piece for each line.

A few patterns and no parser: a text that is not quite Python gives a page all the same.
"""

from __future__ import annotations

import keyword
import re
from html import escape

from modelint.report.place import printable

_TOKEN = re.compile(
    r"(?P<comment>#[^\n]*)"
    r"|(?P<string>(?:\b[a-zA-Z]{1,2})?"
    r"(?:(?P<quotes>'{3}|\"{3})(?:\\.|.)*?(?:(?P=quotes)|\Z)|'(?:\\.|[^'\\\n])*'?|\"(?:\\.|[^\"\\\n])*\"?))"
    rf"|(?P<keyword>\b(?:{'|'.join(keyword.kwlist)})\b)",
    re.DOTALL,
)


def highlighted(text: str) -> list[str]:
    """The lines of the text."""
    pieces: list[str] = []
    end = 0
    for token in _TOKEN.finditer(text):
        pieces.append(_escaped(text[end : token.start()]))
        lines = token.group().split("\n")  # of a string of several lines, each is marked
        pieces.append("\n".join(f'<span class="{token.lastgroup}">{_escaped(line)}</span>' for line in lines))
        end = token.end()
    pieces.append(_escaped(text[end:]))
    return "".join(pieces).split("\n")


def _escaped(text: str) -> str:
    return "\n".join(escape(printable(line.replace("\t", "    "))) for line in text.split("\n"))
