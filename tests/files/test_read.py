"""From bytes to text: encodings, line ends, and every way in which a file can be wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from modelint.diagnostics.diagnostic import Diagnostic, Severity
from modelint.files import read as module
from modelint.files.read import from_bytes, read
from modelint.text.source import SourceFile
from modelint.text.span import Span


def source(data: bytes) -> SourceFile:
    result = from_bytes(data, "/project/x.py", "x.py")
    assert isinstance(result, SourceFile)
    return result


def problem(data: bytes) -> Diagnostic:
    result = from_bytes(data, "/project/x.py", "x.py")
    assert isinstance(result, Diagnostic)
    assert (result.code, result.filename, result.severity) == ("", "x.py", Severity.ERROR)
    return result


def test_an_empty_file_is_fine() -> None:
    assert source(b"").text == ""


def test_utf_8_is_the_default() -> None:
    read_in = source("x = 'é😀'\n".encode())
    assert (read_in.text, read_in.encoding, read_in.newline, read_in.bom) == ("x = 'é😀'\n", "utf-8", "\n", False)


def test_a_byte_order_mark_is_taken_off_and_remembered() -> None:
    read_in = source(b"\xef\xbb\xbfx = 1\n")
    assert (read_in.text, read_in.bom) == ("x = 1\n", True)


@pytest.mark.parametrize(
    ("data", "newline"),
    [(b"a\r\nb\r\n", "\r\n"), (b"a\rb\r", "\r"), (b"a\nb\n", "\n"), (b"a\r\nb\r\nc\n", "\r\n"), (b"a", "\n")],
)
def test_line_ends_are_normalised_and_the_usual_one_is_remembered(data: bytes, newline: str) -> None:
    read_in = source(data)
    assert "\r" not in read_in.text
    assert read_in.newline == newline


@pytest.mark.parametrize(
    "cookie", ["# -*- coding: latin-1 -*-", "# vim: set fileencoding=iso-8859-1 :", "#!/x\n# coding: latin_1-unix"]
)
def test_a_coding_cookie_decides(cookie: str) -> None:
    read_in = source(cookie.encode() + b"\nx = '\xe9'\n")
    assert "é" in read_in.text
    assert read_in.encoding == "iso-8859-1"


def test_a_cookie_below_code_does_not_count() -> None:
    assert source(b"import a\n# coding: latin-1\n").encoding == "utf-8"


@pytest.mark.parametrize("spelling", ["utf8", "UTF-8", "utf-8-unix", "utf_8"])
def test_spellings_of_utf_8(spelling: str) -> None:
    assert source(f"# coding: {spelling}\n".encode()).encoding == "utf-8"


def test_undecodable_bytes_are_placed() -> None:
    diagnostic = problem(b"x = 1\r\ny = '\xff'\r\n")
    assert diagnostic.name == "not-text"
    assert diagnostic.span == Span(2, 6, 2, 6)


@pytest.mark.parametrize("cookie", ["nonsense", "rot13", "hex", "zlib", "undefined"])
def test_encodings_that_cannot_be_used(cookie: str) -> None:
    assert problem(f"# coding: {cookie}\nx = 1\n".encode()).name == "not-text"


def test_a_mark_and_a_cookie_that_contradict_each_other() -> None:
    assert problem(b"\xef\xbb\xbf# coding: latin-1\n").name == "not-text"


def test_null_bytes_are_placed() -> None:
    diagnostic = problem(b"x = 1\ny\0 = 2\n")
    assert (diagnostic.name, diagnostic.span.row, diagnostic.span.column) == ("not-text", 2, 2)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_wide_encodings_are_not_text_to_python(encoding: str) -> None:
    assert problem("x = 1\n".encode(encoding)).name == "not-text"


def test_ten_megabytes_are_too_large(tmp_path: Path) -> None:
    path = tmp_path / "big.py"
    path.write_bytes(b"x = 1\n" * 1_700_000)
    result = read(str(path), "big.py")
    assert isinstance(result, Diagnostic)
    assert (result.name, result.message) == ("too-large", "the file is larger than 5 MB")
    assert problem(path.read_bytes()).name == "too-large"


def test_an_unreadable_file_is_a_diagnostic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.py"
    path.write_text("x = 1\n")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(module.os, "open", refuse)
    result = read(str(path), "x.py")
    assert isinstance(result, Diagnostic)
    assert (result.name, result.message) == ("unreadable-file", "the file cannot be read: permission denied")


def test_a_folder_and_a_file_that_is_gone_are_diagnostics(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.py"):
        result = read(str(path), "x.py")
        assert isinstance(result, Diagnostic)
        assert result.name == "unreadable-file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_without_a_writer_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    result = read(str(tmp_path / "pipe.py"), "pipe.py")
    assert isinstance(result, Diagnostic)
    assert result.message == "the file cannot be read: not a regular file"
