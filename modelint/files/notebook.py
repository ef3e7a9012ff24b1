"""A Jupyter notebook as one program: its code cells in order, with magics neutralised and every line kept.

Input is the JSON text, output the joined program with the place of each cell in it. Cells in other languages (`%%bash`) are
left out and counted. Raises `NotebookError`, with a message for the user, for what is no notebook of format 4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from modelint.files.magics import PYTHON_CELL_MAGICS, cell_magic, without_magics
from modelint.text.source import Cell, LineIndex
from modelint.text.span import NOWHERE, Span

_Json: TypeAlias = Mapping[str, object]


class JoinedCells(msgspec.Struct, frozen=True):
    """The program of a notebook, where its code cells lie in it, and how many were left out."""

    text: str
    cells: tuple[Cell, ...]
    skipped: int


class NotPython(msgspec.Struct, frozen=True):
    """A notebook for a kernel of another language."""

    language: str


class NotebookError(Exception):
    """Why a file is no notebook that can be read."""

    def __init__(self, message: str, span: Span = NOWHERE, cell: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.cell = cell


def join_cells(text: str) -> JoinedCells | NotPython:
    """The notebook that the JSON `text` is. An empty file is a notebook that nobody has saved yet, and has no cells."""
    if not text.strip():
        return JoinedCells("", (), 0)
    notebook = _parsed(text)
    cells = notebook.get("cells")
    if notebook.get("nbformat", 4) != 4 or "worksheets" in notebook:
        version = notebook.get("nbformat")
        raise NotebookError(f"the notebook has format {version}; only format 4 can be read (save it again with Jupyter)")
    if not isinstance(cells, list):
        raise NotebookError("the file is JSON but no notebook: it has no list of cells")
    language = _language(notebook)
    if language != "python":
        return NotPython(language)
    return _joined(cells)


def _parsed(text: str) -> _Json:
    try:
        notebook = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        notebook = _parsed_leniently(text)
    if not isinstance(notebook, dict):
        raise NotebookError("the file is JSON but no notebook: it is not an object")
    return notebook


def _parsed_leniently(text: str) -> object:
    """As Jupyter's own parser, which takes `NaN` and lone surrogates too, and knows where it stops."""
    import json

    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        row, column = LineIndex(text).position(min(error.pos, len(text)))
        raise NotebookError("the notebook is not valid JSON", Span(row, column, row, column)) from None
    except RecursionError:
        raise NotebookError("the notebook is not valid JSON: nested too deeply") from None


def _language(notebook: _Json) -> str:
    """The kernel's language in lower case; Python when the notebook does not say."""
    metadata = notebook.get("metadata")
    if not isinstance(metadata, dict):
        return "python"
    for section, key in (("language_info", "name"), ("kernelspec", "language")):
        holder = metadata.get(section)
        if isinstance(holder, dict) and isinstance(holder.get(key), str) and holder[key]:
            name = str(holder[key]).lower()
            return "python" if name in ("ipython", "python3", "python") else name
    return "python"


def _joined(cells: list[object]) -> JoinedCells:
    texts: list[str] = []
    places: list[Cell] = []
    skipped = 0
    row = 1
    for number, cell in enumerate(cells, start=1):
        if not isinstance(cell, dict):
            raise NotebookError("a cell of the notebook is not an object", cell=number)
        if cell.get("cell_type") != "code":
            continue
        text = _source(cell.get("source", ""), number)
        magic = cell_magic(text)
        if magic is not None:
            if magic not in PYTHON_CELL_MAGICS:
                skipped += 1
                continue
            text = _without_cell_magic(text)
        text = without_magics(text)
        rows = text.count("\n") + 1
        places.append(Cell(number, row, rows, magic is not None))
        texts.append(text)
        row += rows
    return JoinedCells("\n".join(texts), tuple(places), skipped)


def _source(source: object, number: int) -> str:
    """The text of a cell, which is a string or a list of lines. A lone surrogate, which no file can hold, becomes `?`."""
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise NotebookError("the source of a cell is neither text nor a list of lines", cell=number)
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    if not source.isascii():
        source = source.encode("utf-8", "replace").decode("utf-8")
    return source


def _without_cell_magic(text: str) -> str:
    """Blanks the line of the cell magic and the blank lines' worth of text before it."""
    match = re.match(r"\s*%%[^\n]*", text)
    return text if match is None else "\n" * match.group().count("\n") + text[match.end() :]
