"""Parses and lowers files, in this process or in several: `lower_all(sources, ...) -> {path: Lowered}`.

What goes to a worker is text and what comes back is msgpack, which is also what the cache keeps. A file that kills a worker
costs that file and no other. The result does not depend on the number of processes.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import NamedTuple, TypeAlias

import msgspec

from modelint.engine.cache import Cache
from modelint.ir.module import ModuleIR
from modelint.text.source import SourceFile

PARALLEL_THRESHOLD = 1_000_000
"""Characters to parse below which starting processes costs more than it saves."""
_CHUNK = 100_000


class Failure(msgspec.Struct, frozen=True, array_like=True):
    """Why a file, or a notebook's cell, has no IR. `is_internal`: modelint is to blame and not the file."""

    message: str
    row: int = 1
    column: int = 1
    is_internal: bool = False


class Lowered(msgspec.Struct, frozen=True, array_like=True):
    """What became of one file. A notebook has an IR without its wrong cells, and a failure for each of them."""

    ir: ModuleIR | None
    failures: tuple[Failure, ...] = ()


class _Task(NamedTuple):
    """A file as it goes to a worker. `cells` are first rows and numbers of rows."""

    text: str
    path: str
    cells: tuple[tuple[int, int], ...]


_Chunk: TypeAlias = "list[_Task]"


def lower_all(sources: Sequence[SourceFile], cache: Cache | None, jobs: int = 0) -> dict[str, Lowered]:
    """The IR of every source by path, in the order of `sources`. `jobs` 0 means as many as there are processors."""
    with collector_paused():
        return _lower_all(sources, cache, jobs)


def _lower_all(sources: Sequence[SourceFile], cache: Cache | None, jobs: int) -> dict[str, Lowered]:
    decoder = msgspec.msgpack.Decoder(Lowered)
    results: dict[str, Lowered | None] = {source.path: _cached(source, cache, decoder) for source in sources}
    missing = [source for source in sources if results[source.path] is None]
    tasks = [_Task(source.text, source.path, tuple((cell.first_row, cell.rows) for cell in source.cells)) for source in missing]
    for source, content in zip(missing, _run(tasks, jobs), strict=True):
        lowered = results[source.path] = decoder.decode(content)
        if cache is not None and not any(failure.is_internal for failure in lowered.failures):
            cache.put(source, content)
    return {path: lowered for path, lowered in results.items() if lowered is not None}


def _cached(source: SourceFile, cache: Cache | None, decoder: msgspec.msgpack.Decoder[Lowered]) -> Lowered | None:
    content = None if cache is None else cache.get(source)
    if content is None:
        return None
    try:
        return decoder.decode(content)
    except msgspec.DecodeError:
        return None


@contextmanager
def collector_paused() -> Iterator[None]:
    """Makes many objects without looking for garbage among them: IR has no cycles, and decoding takes an eighth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows do not say.
        return os.cpu_count() or 1


def _run(tasks: list[_Task], jobs: int) -> Iterable[bytes]:
    chunks = list(_chunks(tasks))
    workers = min(jobs or processors(), len(chunks))
    size = sum(len(task.text) for task in tasks)
    if workers < 2 or (size < PARALLEL_THRESHOLD and not jobs):
        return [_lower(task) for task in tasks]
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    try:
        with ProcessPoolExecutor(workers, initializer=gc.disable) as executor:
            return run_on(executor, chunks)
    except BrokenProcessPool:
        return [content for chunk in chunks for content in _isolated(chunk)]
    except OSError:  # No semaphores or no processes to be had, as in some containers.
        return [_lower(task) for task in tasks]


def run_on(executor: Executor, chunks: Iterable[_Chunk]) -> list[bytes]:
    """Lowers the chunks on any executor, a cluster's too."""
    return [content for contents in executor.map(_lower_chunk, chunks) for content in contents]


def _isolated(chunk: _Chunk) -> list[bytes]:
    """Every file of the chunk in a process of its own unless the chunk survives as a whole: finds the one that kills."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    try:
        with ProcessPoolExecutor(1) as executor:
            return executor.submit(_lower_chunk, chunk).result()
    except BrokenProcessPool:
        if len(chunk) > 1:
            return [content for task in chunk for content in _isolated([task])]
        failure = Failure("the process that parsed this file died", is_internal=True)
        return [msgspec.msgpack.encode(Lowered(None, (failure,)))]


def _chunks(tasks: Iterable[_Task]) -> Iterator[_Chunk]:
    """Tasks in groups of about equal length of text, so that sending costs little and no worker waits long at the end."""
    chunk: _Chunk = []
    size = 0
    for task in tasks:
        chunk.append(task)
        size += len(task.text)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _lower_chunk(chunk: _Chunk) -> list[bytes]:
    return [_lower(task) for task in chunk]


def _lower(task: _Task) -> bytes:
    return msgspec.msgpack.encode(lower_text(task.text, task.path, task.cells))


def lower_text(text: str, path: str, cells: Sequence[tuple[int, int]] = ()) -> Lowered:
    """Parses and lowers one file; never raises. A notebook's cell that does not parse is left out, and the rest is kept."""
    from modelint.lowering import lower
    from modelint.syntax.parse import ParseFailure, parse

    failures: tuple[Failure, ...] = ()
    try:
        try:
            tree = parse(text, path)
        except ParseFailure as error:
            text, failures = _without_wrong_cells(text, path, cells)
            if not failures:
                return Lowered(None, (Failure(error.message, error.row, error.column),))
            tree = parse(text, path)
        return Lowered(lower(tree, text, path), failures)
    except ParseFailure as error:
        return Lowered(None, (*failures, Failure(error.message, error.row, error.column)))
    except Exception as error:
        return Lowered(None, (*failures, Failure(internal_message(error), is_internal=True)))


def _without_wrong_cells(text: str, path: str, cells: Sequence[tuple[int, int]]) -> tuple[str, tuple[Failure, ...]]:
    """The text with the cells blank that do not parse by themselves. Python would not notice a bracket left open in one cell
    before some later cell, so each is tried."""
    from modelint.syntax.parse import ParseFailure, parse

    lines = text.split("\n")
    failures = []
    for first, rows in cells:
        rows_of_cell = slice(first - 1, first - 1 + rows)
        try:
            parse("\n".join(lines[rows_of_cell]), path)
        except ParseFailure as error:
            failures.append(Failure(error.message, first - 1 + min(error.row, rows), error.column))
            lines[rows_of_cell] = [""] * rows
    return "\n".join(lines), tuple(failures)


def internal_message(error: BaseException) -> str:
    """What broke and where in modelint, in one line, without the paths of this machine."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = ""
    if trace is not None:
        parts = trace.tb_frame.f_code.co_filename.replace(os.sep, "/").split("/")
        place = f" ({'/'.join(parts[-2:])}:{trace.tb_lineno})"
    text = " ".join(str(error).split())[:200]
    return f"modelint failed: {type(error).__name__}{': ' if text else ''}{text}{place}"
