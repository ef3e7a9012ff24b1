"""A statement is inserted beside another one in the layout of its place."""

from __future__ import annotations

import ast

import pytest

from modelint.fixing.code import Code, read_code
from modelint.fixing.insertion import after, before
from modelint.text.edit import TextEdit, apply_edits


def target(code: Code) -> ast.stmt:
    """The statement that calls `f`."""
    calls = [node for node in ast.walk(code.tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "f"]
    return code.levels(code.span_of(calls[0]))[-1].statement


def inserted(text: str, put) -> str:
    code = read_code(text)
    assert code is not None
    span, content = put(code, target(code), "m()")
    start, end = code.offset(span.row, span.column), code.offset(span.end_row, span.end_column)
    result = apply_edits(text, [TextEdit(start, end, content)])
    ast.parse(result)
    return result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f()\n", "m()\nf()\n"),
        ("f()", "m()\nf()"),
        ("if x:\n\tf()\n", "if x:\n\tm()\n\tf()\n"),
        ("if x: f()\n", "if x: m(); f()\n"),
        ("a = 1; f()\n", "a = 1; m(); f()\n"),
        ("for x in f():\n    pass\n", "m()\nfor x in f():\n    pass\n"),
        ("@f()\ndef g():\n    pass\n", "m()\n@f()\ndef g():\n    pass\n"),
        ("@other\n@f()\nclass G: pass\n", "m()\n@other\n@f()\nclass G: pass\n"),
        ("x = 1\n\f\nf()\n", "x = 1\n\f\nm()\nf()\n"),
        ("if x:\n    y = 1\n\f    f()\n", "if x:\n    y = 1\n    m()\n\f    f()\n"),
        ("a = 1; \\\nf()\n", "a = 1; \\\nm(); f()\n"),
        ("# ends with \\\nf()\n", "# ends with \\\nm()\nf()\n"),
        ("ä = 'ü'; f()\n", "ä = 'ü'; m(); f()\n"),
        ('"""text\nmore"""; f()\n', '"""text\nmore"""; m(); f()\n'),
        ("y = (1 +\n     f())\n", "m()\ny = (1 +\n     f())\n"),
        ("try: f()\nexcept E: pass\n", "try: m(); f()\nexcept E: pass\n"),
    ],
)
def test_before(text, expected):
    assert inserted(text, before) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f()\n", "f()\nm()\n"),
        ("f()", "f()\nm()"),
        ("f()  # why\ng()\n", "f()  # why\nm()\ng()\n"),
        ("f();\n", "f();\nm()\n"),
        ("f(); g()\n", "f(); m(); g()\n"),
        ("g(); f()\nh()\n", "g(); f()\nm()\nh()\n"),
        ("if x: f()\n", "if x: f(); m()\n"),
        ("if x: f();\n", "if x: f(); m();\n"),
        ("if x:\n\tf()\n", "if x:\n\tf()\n\tm()\n"),
        ("if x:\n  y = f(\n    1)\n", "if x:\n  y = f(\n    1)\n  m()\n"),
        ("x = f() + \\\n    1\ny = 2\n", "x = f() + \\\n    1\nm()\ny = 2\n"),
    ],
)
def test_after(text, expected):
    assert inserted(text, after) == expected


def test_nothing_can_stand_before_a_header_on_a_continued_line():
    code = read_code("if x:\n    \\\n    for y in f(): pass\n")
    assert code is not None
    assert before(code, target(code), "m()") is None
