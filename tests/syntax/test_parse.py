from __future__ import annotations

import ast

import pytest

from modelint.syntax.parse import ParseFailure, parse


def test_text_becomes_a_tree() -> None:
    assert isinstance(parse("x = 1\n", "a.py").body[0], ast.Assign)


def test_syntax_error_has_a_place() -> None:
    with pytest.raises(ParseFailure) as caught:
        parse("x = 1\ny = = 2\n", "a.py")
    assert (caught.value.row, caught.value.column, caught.value.message) == (2, 5, "invalid syntax")


@pytest.mark.parametrize(
    "text",
    ["x = '\0'", "x = '\ud800'", "(" * 5000 + ")" * 5000, "x = " + "-" * 100_000 + "1", "if x:\npass", "def"],
    ids=["null byte", "surrogate", "parentheses", "minus signs", "indentation", "incomplete"],
)
def test_whatever_does_not_parse_is_a_parse_failure(text: str) -> None:
    with pytest.raises(ParseFailure) as caught:
        parse(text, "a.py")
    assert caught.value.row >= 1
    assert caught.value.column >= 1
    assert caught.value.message


@pytest.mark.filterwarnings("error")
def test_warnings_about_the_code_are_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    parse("x = '\\d'\nassert (x, 1)\nx is 1\n1()\n", "a.py")
    assert capsys.readouterr() == ("", "")
