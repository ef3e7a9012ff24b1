"""Parsing in one process and in several gives the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from modelint.engine import workers
from modelint.engine.workers import Lowered, lower_all, lower_text, run_on
from modelint.text.source import Cell, SourceFile


def sources(count: int) -> list[SourceFile]:
    return [
        SourceFile(f"{number}.py", f"/{number}.py", f"x = {number}\n" if number % 3 else "x =\n") for number in range(count)
    ]


def test_the_number_of_processes_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_CHUNK", 20)
    alone, together = lower_all(sources(20), None, 1), lower_all(sources(20), None, 2)
    assert list(alone) == list(together) == [source.path for source in sources(20)]
    assert alone == together


def test_any_executor_will_do() -> None:
    tasks = [workers._Task(source.text, source.path, ()) for source in sources(4)]
    with ThreadPoolExecutor(2) as executor:
        contents = run_on(executor, [tasks[:2], tasks[2:]])
    assert [msgspec.msgpack.decode(content, type=Lowered).ir is None for content in contents] == [True, False, False, True]


def test_where_there_are_no_processes_this_one_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuse)
    monkeypatch.setattr(workers, "_CHUNK", 20)
    assert len(lower_all(sources(20), None, 4)) == 20


def test_a_wrong_cell_is_left_out_and_the_others_keep_their_rows() -> None:
    lowered = lower_text("a = 1\nb = (\nc = 3\n", "n.ipynb", [(1, 1), (2, 1), (3, 1)])
    assert lowered.ir is not None
    assert [(failure.row, failure.is_internal) for failure in lowered.failures] == [(2, False)]


def test_a_source_with_cells_is_lowered_by_cells() -> None:
    source = SourceFile("n.ipynb", "/n.ipynb", "x = (\ny = 1", is_notebook=True, cells=(Cell(1, 1, 1), Cell(3, 2, 1)))
    assert lower_all([source], None)["n.ipynb"].ir is not None
