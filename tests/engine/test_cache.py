"""The cache gives back what was put for the very same text, and a damaged one is an empty one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from modelint.engine import cache as module
from modelint.engine import workers
from modelint.engine.cache import Cache
from modelint.engine.workers import lower_all
from modelint.text.source import Cell, SourceFile

SOURCE = SourceFile("pkg/a.py", "/p/pkg/a.py", "x = 1\n")


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("??/*"))


def test_what_was_put_is_given_back(tmp_path: Path) -> None:
    Cache(str(tmp_path)).put(SOURCE, b"content")
    assert Cache(str(tmp_path)).get(SOURCE) == b"content"


@pytest.mark.parametrize(
    "other",
    [
        SourceFile("pkg/a.py", "/p/pkg/a.py", "x = 2\n"),
        SourceFile("pkg/b.py", "/p/pkg/b.py", "x = 1\n"),
        SourceFile("pkg/a.py", "/p/pkg/a.py", "x = 1\n", cells=(Cell(1, 1, 2),)),
    ],
)
def test_anything_else_is_a_miss(tmp_path: Path, other: SourceFile) -> None:
    Cache(str(tmp_path)).put(SOURCE, b"content")
    assert Cache(str(tmp_path)).get(other) is None


def test_another_version_of_modelint_is_a_miss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Cache(str(tmp_path)).put(SOURCE, b"content")
    monkeypatch.setattr(module, "__version__", "other")
    assert Cache(str(tmp_path)).get(SOURCE) is None


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: b"", lambda data: data[:-1] + b"\0", lambda data: data[::-1]]
)
def test_a_damaged_entry_is_a_miss(tmp_path: Path, damage: object) -> None:
    cache = Cache(str(tmp_path))
    cache.put(SOURCE, b"content")
    [entry] = entries(tmp_path)
    entry.write_bytes(damage(entry.read_bytes()))  # type: ignore[operator]
    assert cache.get(SOURCE) is None


def test_a_changed_file_takes_the_place_of_its_entry(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path))
    for number in range(3):
        cache.put(SourceFile("a.py", "/p/a.py", f"x = {number}"), b"")
    assert len(entries(tmp_path)) == 1


def test_the_folder_is_hidden_from_git_and_backups(tmp_path: Path) -> None:
    Cache(str(tmp_path / "cache")).put(SOURCE, b"")
    assert (tmp_path / "cache" / ".gitignore").read_text() == "*\n"
    assert (tmp_path / "cache" / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(str(tmp_path / "file" / "cache"))
    cache.put(SOURCE, b"content")
    assert cache.get(SOURCE) is None


def test_lowering_is_done_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = lower_all([SOURCE], Cache(str(tmp_path)))
    monkeypatch.setattr(workers, "lower_text", lambda *_: pytest.fail("lowered again"))
    assert lower_all([SOURCE], Cache(str(tmp_path))) == first


def test_content_that_is_not_ir_is_a_miss(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path))
    cache.put(SOURCE, b"\xc1")
    assert lower_all([SOURCE], cache)["pkg/a.py"].ir is not None


def test_a_cached_run_does_not_load_the_parser(tmp_path: Path) -> None:
    program = (
        "import sys; from modelint.engine.cache import Cache; from modelint.engine.workers import lower_all;"
        "from modelint.text.source import SourceFile;"
        f"print(lower_all([SourceFile('a.py', '/a.py', 'x = 1')], Cache({str(tmp_path)!r}))['a.py'].ir.path,"
        "'modelint.lowering' in sys.modules or 'modelint.syntax.parse' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(module.__file__).parents[2])}
    outputs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment).stdout
        for _ in range(2)
    ]
    assert outputs == ["a.py True\n", "a.py False\n"]
