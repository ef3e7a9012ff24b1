"""What docs/oracle.md says of the generated programs is what they are."""

from pathlib import Path

from tests.oracle.coverage import constructs, counted, excludes, table
from tests.oracle.test_generated import PROGRAMS

PAGE = Path(__file__).parents[2] / "docs" / "oracle.md"
SINGLE, PAIRS = counted(range(PROGRAMS))


def test_each_construct_of_the_grammar_occurs_and_no_other() -> None:
    assert set(SINGLE) == set(constructs())


def test_pairs_that_exclude_each_other_do_not_occur() -> None:
    assert not [pair for pair in PAIRS if excludes(pair)]


def test_the_page_shows_the_table() -> None:
    assert table(range(PROGRAMS)) in PAGE.read_text(encoding="utf-8"), "python -m tests.oracle.generate --coverage --count 1000"
