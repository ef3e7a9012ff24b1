"""Changed files as a unified diff, that `git apply` takes; of a notebook each changed cell, with the cell's name as the file's."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from modelint.files.read import decode
from modelint.files.sources import cell_sources
from modelint.report.paint import Paint

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_NO_NEWLINE = "\\ No newline at end of file\n"


def render(path: str, before: bytes, after: bytes, *, color: bool) -> str:
    """The difference between two versions of one file."""
    paint = Paint(color)
    old, new = decode(before).text, decode(after).text
    if not path.endswith(".ipynb"):
        return "".join(_diff(path, old, new, paint))
    old_cells, new_cells = cell_sources(old), cell_sources(new)
    return "".join(
        line
        for number, source in old_cells.items()
        for line in _diff(f"{path}:cell {number}", source.text, new_cells[number].text, paint)
    )


def _diff(name: str, old: str, new: str, paint: Paint) -> Iterator[str]:
    for line in difflib.unified_diff(_LINE.findall(old), _LINE.findall(new), name, name):
        ended = line if line.endswith(("\n", "\r")) else f"{line}\n{_NO_NEWLINE}"
        yield _painted(ended, paint)


def _painted(line: str, paint: Paint) -> str:
    text = line.rstrip("\r\n")
    end = line[len(text) :]
    if text.startswith(("---", "+++")):
        return paint.bold(text) + end
    color = {"+": paint.added, "-": paint.removed, "@": paint.secondary}.get(text[:1])
    return color(text) + end if color else line
