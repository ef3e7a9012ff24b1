"""Finding suppression comments, and the rows that they cover."""

from __future__ import annotations

import pytest

from modelint.syntax.suppress import Suppression, find_suppressions, has_directives


def find(text: str) -> tuple[Suppression, ...]:
    return find_suppressions(text, lambda word: word.upper().startswith("ML"))


def only(text: str) -> Suppression:
    [suppression] = find(text)
    return suppression


@pytest.mark.parametrize(
    "text",
    [
        "x = 1  # noqa: F401",
        "x = 1  # noqa: F401, E501",
        "x = 1  # noqa : something else",
        "x = 1  # see modelint for more",
        "s = '# modelint: ignore'",
        's = """\n# noqa\n"""',
        "x = 1  # noqaly",
    ],
)
def test_what_is_no_suppression(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("comment", "directive", "words"),
    [
        ("# modelint: ignore[ML103]", "ignore", ("ML103",)),
        ("#modelint:ignore[ML103,ML104]", "ignore", ("ML103", "ML104")),
        ("# modelint: ignore[ train-mode-not-restored , ML1 ]", "ignore", ("train-mode-not-restored", "ML1")),
        ("# modelint: ignore", "ignore", None),
        ("# modelint: ignore-file", "ignore-file", None),
        ("# modelint: ignore-file[ML104]", "ignore-file", ("ML104",)),
        ("# noqa", "noqa", None),
        ("# NOQA", "noqa", None),
        ("# noqa: ML103", "noqa", ("ML103",)),
        ("# noqa:F401,ML103", "noqa", ("F401", "ML103")),
        ("# noqa: ML103 because", "noqa", ("ML103",)),
        ("# modelint: ingore[ML103]", "", ("ML103",)),
        ("# type: ignore  # modelint: ignore[ML103]", "ignore", ("ML103",)),
    ],
)
def test_directives(comment: str, directive: str, words: tuple[str, ...] | None) -> None:
    found = only(f"x = 1  {comment}\n")
    assert (found.directive, found.words, found.is_blanket) == (directive, words or (), words is None)


def test_one_comment_may_hold_two() -> None:
    assert [found.directive for found in find("x = 1  # noqa: ML103  # modelint: ignore[ML104]")] == ["noqa", "ignore"]


def test_a_comment_covers_its_line() -> None:
    found = only("a = 1\nb = 2  # modelint: ignore\nc = 3\n")
    assert [row for row in range(1, 5) if found.covers(row)] == [2]


@pytest.mark.parametrize(("row", "covered"), [(1, [1, 2, 3]), (2, [2]), (3, [1, 2, 3])])
def test_on_the_first_or_last_line_of_a_statement_it_covers_all_of_it(row: int, covered: list[int]) -> None:
    lines = ["f(", "  a,", ")", "g()"]
    lines[row - 1] += "  # modelint: ignore"
    found = only("\n".join(lines))
    assert [line for line in range(1, 5) if found.covers(line)] == covered


def test_a_comment_on_the_head_of_a_block_does_not_cover_the_body() -> None:
    found = only("for x in y:  # modelint: ignore\n    f()\n")
    assert not found.covers(2)


def test_a_comment_on_a_line_of_its_own_covers_no_statement() -> None:
    assert not only("# modelint: ignore\nf()\n").covers(2)


def test_a_file_comment_covers_everything() -> None:
    assert only("f()\ng()\n# modelint: ignore-file\n").covers(1)


def test_places_of_the_directive_and_its_words() -> None:
    line = "x = 1  # why: y  # modelint: ignore[ML103]  # more"
    found = only(line)
    assert line[found.span.column - 1 : found.span.end_column - 1] == "# modelint: ignore[ML103]"
    assert line[found.words_span.column - 1 : found.words_span.end_column - 1] == "ML103"
    assert not found.is_alone
    assert only("x = 1  # noqa: ML103").is_alone


def test_what_comes_before_a_broken_place_still_counts() -> None:
    assert only("x = 1  # modelint: ignore\n'''never closed").first_row == 1


def test_the_quick_look() -> None:
    assert has_directives("x  # modelint: ignore")
    assert not has_directives("x  # noqa")
    assert not has_directives("modelint: a linter")
