"""The language of expectations: `# expect:` and its relatives."""

from __future__ import annotations

import pytest

from modelint.diagnostics.diagnostic import Diagnostic
from modelint.testing import REVEALED, Expectation, check_source, expectations, mismatches
from modelint.text.span import Span


def found(row, code="ML101", column=5, message="`model` is wrong", name="some-rule"):
    return Diagnostic(code, name, message, "a.py", Span(row, column, row, column + 3))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x = 1  # a comment about # what to expect", []),
        ("x  # expect: ML101", [Expectation("expect", 1, "ML101")]),
        ("x  # expect: ML101, ML102", [Expectation("expect", 1, "ML101"), Expectation("expect", 1, "ML102")]),
        ('x  # expect: ML101[5] "wrong, really"', [Expectation("expect", 1, "ML101", 5, "wrong, really")]),
        ("# expect+1: ML101", [Expectation("expect", 2, "ML101")]),
        ("# expect-1: syntax-error", [Expectation("expect", 0, "syntax-error")]),
        ("x  # ok: ML104  # expect-todo: ML103", [Expectation("ok", 1, "ML104"), Expectation("expect-todo", 1, "ML103")]),
        ("reveal_mode(m)  # reveals: {eval, train}", [Expectation("reveals", 1, REVEALED, text="{eval, train}")]),
    ],
)
def test_comments(line, expected):
    assert expectations(line) == expected


@pytest.mark.parametrize("line", ["x  # expect:", "x  # expect: !", "x  # expect: ML101[a]", "x  # reveals: eval"])
def test_comment_that_cannot_be_understood(line):
    with pytest.raises(ValueError, match="line 1"):
        expectations(line)


@pytest.mark.parametrize(
    ("text", "diagnostics", "wrong"),
    [
        ("x", (), []),
        ("x  # expect: ML101", (found(1),), []),
        ("x  # expect: some-rule", (found(1),), []),
        ("x  # expect: ML101", (), ["line 1: ML101 is not found"]),
        ("x  # expect: ML101[4]", (found(1),), ["ML101[4] is not found", "unexpected ML101[5]"]),
        ('x  # expect: ML101 "right"', (found(1),), ['ML101 "right" is not found', "unexpected ML101[5]"]),
        ("x", (found(1),), ['line 1: unexpected ML101[5] "`model` is wrong"']),
        ("x  # expect: ML101", (found(1), found(1)), ["unexpected"]),
        ("x  # ok: ML101", (found(1),), ["unexpected"]),
        ("x  # expect-todo: ML101", (), []),
        ("x  # expect-todo: ML101", (found(1),), ["is found now"]),
        ("x  # reveals: {eval}", (found(1, "", message="{eval}", name=REVEALED),), []),
        ("x  # reveals: {eval}", (found(1, "", message="{train}", name=REVEALED),), ["is not found", "unexpected"]),
    ],
)
def test_comparison(text, diagnostics, wrong):
    said = mismatches(text, diagnostics)
    assert len(said) == len(wrong)
    assert all(part in sentence for part, sentence in zip(wrong, said, strict=True))


def test_check_source_runs_the_engine():
    [diagnostic] = check_source("import torch\nx = (\n")
    assert (diagnostic.name, diagnostic.span.row) == ("syntax-error", 2)
