"""The oracle notices each change of the interpreter that matters to modes."""

import logging
from pathlib import Path

import pytest

from tests.oracle.mutants import MUTANTS
from tests.oracle.mutation import Bench, Mutant, applied, program_of
from tests.oracle.real import missing

PAGE = Path(__file__).parents[2] / "docs" / "oracle.md"


@pytest.fixture(scope="module")
def bench():
    logging.disable(logging.WARNING)
    bench = Bench()
    with bench.stack:
        yield bench
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize(
    "mutant", [each for each in MUTANTS if each.killer], ids=lambda mutant: f"{mutant.name} -> {mutant.new.strip()[:30]}"
)
def test_a_program_notices(mutant: Mutant, bench: Bench) -> None:
    if library := missing(program_of(mutant.killer).needs):
        pytest.skip(f"{library} cannot be imported here")
    assert bench.notices(mutant.killer, mutant), "search for another program: python -m tests.oracle.mutation"


@pytest.mark.parametrize("mutant", [each for each in MUTANTS if not each.killer], ids=lambda mutant: mutant.name)
def test_what_nothing_notices_has_a_reason(mutant: Mutant) -> None:
    assert mutant.why
    with applied(mutant):
        pass


def test_the_page_counts_them() -> None:
    noticed = sum(bool(each.killer) for each in MUTANTS)
    counts = f"{len(MUTANTS)} changes, {noticed} noticed, {len(MUTANTS) - noticed} without a difference"
    assert counts in PAGE.read_text(encoding="utf-8")
