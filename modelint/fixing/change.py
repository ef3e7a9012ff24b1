"""Edits made in the bytes of a file: encoding, byte order mark, line ends and everything outside the edits stay as they are."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from typing import NoReturn

from modelint.diagnostics.fix import Edit
from modelint.files.read import RawText, decode, from_bytes
from modelint.files.sources import cell_sources, change_cells
from modelint.syntax.parse import ParseFailure, parse
from modelint.text.edit import RawLines, TextEdit, apply_edits
from modelint.text.source import SourceFile


class CannotChange(Exception):
    """Why edits cannot be made in a file, for the user."""


def changed(data: bytes, source: SourceFile, edits: Sequence[Edit]) -> bytes:
    """The file's bytes with the edits made. Raises `CannotChange` if the result would not be the same file otherwise."""
    raw = decode(data)
    if _encoded(raw.text, raw) != data:
        raise CannotChange(f"its encoding, {raw.encoding}, does not give the same bytes back")
    text = _changed_notebook(raw.text, edits) if source.is_notebook else _changed_text(raw.text, source.newline, edits)
    try:
        result = _encoded(text, raw)
    except UnicodeEncodeError:
        raise CannotChange(f"its encoding, {raw.encoding}, cannot hold what is to be written") from None
    _parses(result, source)
    return result


def _encoded(text: str, raw: RawText) -> bytes:
    return (codecs.BOM_UTF8 if raw.bom else b"") + text.encode(raw.encoding)


def _changed_text(text: str, newline: str, edits: Sequence[Edit]) -> str:
    lines = RawLines(text, newline)
    return apply_edits(text, [_by_offset(lines, edit) for edit in edits])


def _changed_notebook(text: str, edits: Sequence[Edit]) -> str:
    sources = cell_sources(text)
    changes = []
    for cell in sorted({edit.cell or 0 for edit in edits}):
        lines = RawLines(sources[cell].text)
        changes.append((sources[cell], [_by_offset(lines, edit) for edit in edits if edit.cell == cell]))
    return change_cells(text, changes)


def _by_offset(lines: RawLines, edit: Edit) -> TextEdit:
    span = edit.span
    content = edit.content.replace("\n", lines.newline(span.row))
    return TextEdit(lines.offset(span.row, span.column), lines.offset(span.end_row, span.end_column), content)


def _parses(data: bytes, source: SourceFile) -> None:
    result = from_bytes(data, source.absolute, source.path)
    if not isinstance(result, SourceFile):
        _broken(source)
    try:
        parse(result.text, source.path)
    except ParseFailure:
        _broken(source)


def _broken(source: SourceFile) -> NoReturn:
    raise CannotChange("the result would not parse; please report this")
