"""From bytes to a `SourceFile`. Whatever is wrong with a file is a `Diagnostic` and never an exception.

`read` gives one of three things: the source; a diagnostic that says why there is none; or `NotPython`, for a notebook in
another language, which is no defect and is only counted. Decoding follows Python: a byte order mark, else the coding cookie
of PEP 263 in the first two lines, else UTF-8.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from typing import TypeAlias

import msgspec

from modelint.diagnostics.diagnostic import Diagnostic
from modelint.files import inputs
from modelint.files.notebook import NotebookError, NotPython, join_cells
from modelint.text.source import LineIndex, SourceFile
from modelint.text.span import NOWHERE, Span

SIZE_LIMIT = 5_000_000
"""Bytes. Larger files are generated or hold data; a notebook's outputs count, since they must be read with it."""

ReadResult: TypeAlias = "SourceFile | Diagnostic | NotPython"

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"^[ \t\f]*(?:#.*)?$")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class RawText(msgspec.Struct, frozen=True):
    """Decoded text with the line ends it has on disk. Rows and columns in it are those of the normalised text."""

    text: str
    encoding: str
    bom: bool


class _Undecodable(Exception):
    """Carries the message and the place for the diagnostic."""

    def __init__(self, message: str, span: Span = NOWHERE) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


def read(absolute: str, path: str) -> ReadResult:
    """Reads the file at `absolute`, which users know as `path`."""
    try:
        data = load(absolute)
    except _TooLarge:
        return too_large(path)
    except OSError as error:
        return inputs.input_diagnostic(inputs.UNREADABLE, f"the file cannot be read: {inputs.reason(error)}", path)
    return from_bytes(data, absolute, path)


def from_bytes(data: bytes, absolute: str, path: str) -> ReadResult:
    """The source that `data` is, whether it comes from a disk, an editor or standard input."""
    if len(data) > SIZE_LIMIT:
        return too_large(path)
    try:
        raw = decode(data)
    except _Undecodable as error:
        return inputs.input_diagnostic(inputs.NOT_TEXT, error.message, path, error.span)
    newline = _usual_newline(raw.text)
    text = normalised(raw.text)
    if path.endswith(".ipynb"):
        return _notebook(text, absolute, path, newline=newline, bom=raw.bom)
    return SourceFile(path, absolute, text, raw.encoding, newline, raw.bom)


def load(absolute: str) -> bytes:
    """The file's bytes. Raises OSError, also for pipes and devices, whose reading might never end."""
    with open(absolute, "rb", opener=_open_without_waiting) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "Not a regular file")
        if status.st_size > SIZE_LIMIT:
            raise _TooLarge
        return file.read(SIZE_LIMIT + 1)


def decode(data: bytes) -> RawText:
    """The text of a Python file with its line ends as they are."""
    if data.startswith(_UTF16_MARKS):
        raise _Undecodable("the file is UTF-16, which Python does not read")
    bom = data.startswith(codecs.BOM_UTF8)
    if bom:
        data = data[len(codecs.BOM_UTF8) :]
    if b"\0" in data:
        raise _Undecodable("the file contains null bytes", _span_at(data, data.index(b"\0")))
    encoding = _declared_encoding(data)
    if bom and encoding != "utf-8":
        raise _Undecodable(f"the file has a UTF-8 byte order mark but declares {encoding}")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _Undecodable(f"the file is not valid {encoding}: {error.reason}", _span_at(data, error.start)) from None
    except (LookupError, UnicodeError, ValueError):
        raise _Undecodable(f"the file declares an encoding that cannot be used: {encoding}") from None
    return RawText(text, encoding, bom)


def normalised(text: str) -> str:
    """`text` with every line end as `\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def too_large(path: str) -> Diagnostic:
    """What is said of a file over the limit."""
    return inputs.input_diagnostic(inputs.TOO_LARGE, f"the file is larger than {SIZE_LIMIT // 1_000_000} MB", path)


class _TooLarge(OSError):
    pass


def _open_without_waiting(path: str, flags: int) -> int:
    # Opening a named pipe for reading waits for a writer unless told not to.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _notebook(text: str, absolute: str, path: str, *, newline: str, bom: bool) -> ReadResult:
    try:
        joined = join_cells(text)
    except NotebookError as error:
        return inputs.input_diagnostic(inputs.NOT_A_NOTEBOOK, error.message, path, error.span, cell=error.cell)
    if isinstance(joined, NotPython):
        return joined
    if "\0" in joined.text:
        row, column = LineIndex(joined.text).position(joined.text.index("\0"))
        return inputs.input_diagnostic(inputs.NOT_TEXT, "a cell contains null characters", path, Span(row, column, row, column))
    return SourceFile(
        path, absolute, joined.text, "utf-8", newline, bom, is_notebook=True, cells=joined.cells, skipped_cells=joined.skipped
    )


def _declared_encoding(data: bytes) -> str:
    """The encoding of the cookie, spelled as Python spells it. The second line counts only below a blank one or a comment."""
    if b"coding" not in data[:2000]:
        return "utf-8"
    lines = re.split(rb"\r\n|\r|\n", data[:2000], maxsplit=2)
    for line in lines[:2]:
        match = _COOKIE.match(line)
        if match:
            return _normal_name(match.group(1).decode("ascii"))
        if not _BLANK.match(line):
            break
    return "utf-8"


def _normal_name(name: str) -> str:
    """As `tokenize` has it: `utf8`, `UTF-8-unix` and `latin-1-dos` are all in use."""
    lowered = name[:12].lower().replace("_", "-")
    if lowered == "utf-8" or lowered.startswith("utf-8-") or lowered == "utf8":
        return "utf-8"
    if lowered in ("latin-1", "iso-8859-1", "iso-latin-1") or lowered.startswith(("latin-1-", "iso-8859-1-", "iso-latin-1-")):
        return "iso-8859-1"
    return name


def _usual_newline(text: str) -> str:
    """The most frequent line end; `\\n` for a tie and for a text of one line."""
    if "\r" not in text:
        return "\n"
    windows = text.count("\r\n")
    counts = {"\n": text.count("\n") - windows, "\r\n": windows, "\r": text.count("\r") - windows}
    return max(counts, key=lambda newline: counts[newline])


def _span_at(data: bytes, offset: int) -> Span:
    before = normalised(data[:offset].decode("latin-1"))
    row = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    return Span(row, column, row, column)
