"""Changes one place of the interpreter at a time: the oracle must notice.

A mutant replaces a piece of a function's source while the function stays the same object, so that every module that imported it
sees the change. The text must be there exactly once: where the interpreter was rewritten, its mutants must be too.

By hand: `python -m tests.oracle.mutation [NAME ...]` searches for the programs that notice each mutant, the recorded one first.
"""

from __future__ import annotations
import __future__

import importlib
import inspect
import logging
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from types import FunctionType
from typing import Any

from tests import torchvision_on_cpu
from tests.oracle import real
from tests.oracle.compare import compare_with
from tests.oracle.grammar.programs import program as generated
from tests.oracle.minimise import at_most
from tests.oracle.programs_on_disk import Program, programs
from tests.oracle.real import Run

PACKAGES = ("modelint.interpreter.", "modelint.program.")
SEARCHED = 150
"""Generated programs that are tried by hand."""
LONGEST = 10.0
"""Seconds that an interpretation may take there: a change can make it endless."""


@dataclass(frozen=True)
class Mutant:
    """`where`: a function, by its path below one of the packages. `killer`: the program that notices, by the name of a hand-written one or as
    `seed 12`; empty where none can: `why` says why the change makes no difference."""

    where: str
    old: str
    new: str
    killer: str
    why: str = ""

    @property
    def name(self) -> str:
        return f"{self.where}: {self.old.strip().splitlines()[0]}"


@contextmanager
def applied(mutant: Mutant) -> Iterator[None]:
    function = _function(mutant.where)
    source = textwrap.dedent(inspect.getsource(function))
    if source.count(mutant.old) != 1:
        raise LookupError(f"{mutant.where} has {source.count(mutant.old)} times, not once: {mutant.old}")
    flags = __future__.annotations.compiler_flag
    code = compile(source.replace(mutant.old, mutant.new), inspect.getfile(function), "exec", flags)
    made: dict[str, Any] = {}
    exec(code, function.__globals__, made)
    original = function.__code__
    function.__code__ = inspect.unwrap(made[function.__name__]).__code__
    try:
        yield
    finally:
        function.__code__ = original


def _function(where: str) -> FunctionType:
    module, _, path = where.partition(".")
    package = next(each for each in PACKAGES if find_spec(each + module))
    found: Any = importlib.import_module(package + module)
    for name in path.split("."):
        found = getattr(found, name)
    found = inspect.unwrap(found)
    assert isinstance(found, FunctionType), where
    return found


@dataclass
class Bench:
    """Programs that have been run, each in a folder of its own, to be interpreted again and again."""

    stack: ExitStack = field(default_factory=ExitStack)
    ran: dict[str, tuple[Program, str, Run]] = field(default_factory=dict)
    quiet: dict[str, bool] = field(default_factory=dict)

    def disagrees(self, name: str) -> bool:
        if name not in self.ran:
            program = program_of(name)
            folder = self.stack.enter_context(program.in_a_folder())
            self.ran[name] = program, folder, real.run(program, folder)
        program, folder, run = self.ran[name]
        return bool(compare_with(run, program, folder, judged=not name.startswith("seed ")).problems)

    def notices(self, name: str, mutant: Mutant) -> bool:
        """Whether a program that agrees disagrees with the change."""
        with applied(mutant):
            if not self.disagrees(name):
                return False
        if name not in self.quiet:
            self.quiet[name] = not self.disagrees(name)
        return self.quiet[name]


def program_of(name: str) -> Program:
    kind, _, number = name.partition(" ")
    if kind == "seed":
        return generated(int(number))[0]
    return next(each for each in programs() if each.name == name)


def search(mutants: Iterable[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """For each mutant the first program that notices: the recorded one, those that noticed most of the others, all the others."""
    noticed: Counter[str] = Counter()
    names = [each.name for each in programs() if not real.missing(each.needs)] + [
        f"seed {number}" for number in range(SEARCHED)
    ]
    bench = Bench()
    with bench.stack:
        for mutant in mutants:
            likeliest = sorted(names, key=lambda name: -noticed[name])
            recorded = [mutant.killer] if mutant.killer else []
            killer = next((name for name in [*recorded, *likeliest] if _notices_in_time(bench, name, mutant)), "")
            noticed[killer] += 1
            yield mutant, killer


def _notices_in_time(bench: Bench, name: str, mutant: Mutant) -> bool:
    try:
        with at_most(LONGEST):
            return bench.notices(name, mutant)
    except TimeoutError:
        return False


def main(arguments: list[str]) -> int:
    from tests.oracle.mutants import MUTANTS

    torchvision_on_cpu.install()
    logging.disable(logging.WARNING)
    survivors = 0
    wanted = [each for each in MUTANTS if not arguments or any(argument in each.name for argument in arguments)]
    for mutant, killer in search(wanted):
        survivors += not killer
        print(f"{killer or 'SURVIVES':32} {mutant.name}", flush=True)
    print(f"{survivors} of {len(wanted)} survive")
    return int(bool(survivors))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
