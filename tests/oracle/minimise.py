"""Makes a failing program small: statements are taken out, and compound ones replaced by their bodies, as long as the program still
runs and the comparison still finds a problem of the same kinds."""

from __future__ import annotations

import ast
import copy
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

from tests.oracle.compare import Comparison, compare
from tests.oracle.programs_on_disk import Program

SECONDS = 40.0
LONGEST_RUN = 2.0
"""Seconds that a smaller program may run: it may have lost the statement that ends a loop."""
KEPT = ("prepare(", ".eval().train()")
"""What stands in each generated program so that no mode call is the only one; without it, silence may be right."""
BODIES = ("body", "orelse", "finalbody")


def minimised(program: Program, comparison: Comparison, seconds: float = SECONDS) -> Comparison:
    """The comparison of the smallest program that was found in the time."""
    best = comparison
    wanted = next(kind for kind, _ in comparison.problems)
    until = time.monotonic() + seconds
    progress = True
    while progress and time.monotonic() < until:
        progress = False
        for files in _smaller_files(best.program.files):
            if time.monotonic() > until:
                break
            candidate = _failing(replace(program, files=files), wanted)
            if candidate is not None:
                best, progress = candidate, True
                break
    return best


def _smaller_files(files: dict[str, str]) -> Iterator[dict[str, str]]:
    for path, text in files.items():
        for smaller in _smaller(text):
            yield {**files, path: smaller}


def _failing(program: Program, wanted: str) -> Comparison | None:
    try:
        with at_most(LONGEST_RUN):
            comparison = compare(program, judged=False)
    except Exception:  # a program that does not run any more is no candidate
        return None
    return comparison if wanted in comparison.kinds else None


class _Late(BaseException):
    """No `except Exception` of the program stops it."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    def late(number: int, frame: FrameType | None) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _Late:
        raise TimeoutError from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _smaller(text: str) -> Iterator[str]:
    """Programs with one statement less, or with a compound statement replaced by what is in it; the largest cuts first."""
    head = "".join(line + "\n" for line in text.splitlines() if line.startswith("# oracle:"))
    tree = ast.parse(text)
    places = [(path, index) for path, block in _blocks(tree) for index in range(len(block))]
    places.sort(key=lambda place: -_size(_at(tree, place[0])[place[1]]))
    for path, index in places:
        for replacement in _replacements(_at(tree, path)[index]):
            if not replacement and _is_still_used(tree, _at(tree, path)[index]):
                continue
            changed = copy.deepcopy(tree)
            block = _at(changed, path)
            block[index : index + 1] = replacement
            if not block and path[-1] == "body" and path != ["body"]:
                block.append(ast.Pass())
            yield head + ast.unparse(ast.fix_missing_locations(changed)) + "\n"


def _is_still_used(tree: ast.AST, statement: ast.stmt) -> bool:
    """Whether a function or class is mentioned outside its own body: without it the program would mean something else."""
    if not isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return False
    own = set(ast.walk(statement))
    return any(isinstance(node, ast.Name) and node.id == statement.name and node not in own for node in ast.walk(tree))


def _replacements(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    if isinstance(statement, ast.Pass) or any(text in ast.unparse(statement).splitlines()[0] for text in KEPT):
        return
    yield []
    if isinstance(statement, (ast.If, ast.For, ast.While, ast.With, ast.Try)):
        for name in BODIES:
            body = getattr(statement, name, [])
            if body:
                yield copy.deepcopy(body)


def _size(statement: ast.stmt) -> int:
    return sum(1 for _ in ast.walk(statement))


def _blocks(node: ast.AST, path: tuple[object, ...] = ()) -> Iterator[tuple[list[object], list[ast.stmt]]]:
    for name in (*BODIES, "handlers"):
        block = getattr(node, name, None)
        if not isinstance(block, list):
            continue
        if name != "handlers":
            yield [*path, name], block
        for index, child in enumerate(block):
            yield from _blocks(child, (*path, name, index))


def _at(tree: ast.AST, path: list[object]) -> list[ast.stmt]:
    node: object = tree
    for step in path:
        node = getattr(node, step) if isinstance(step, str) else node[step]  # type: ignore[index]
    return node  # type: ignore[return-value]
