"""Notebooks: cells in order, magics neutralised, places kept, and files that are none."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable

import pytest

from modelint.diagnostics.diagnostic import Diagnostic
from modelint.files.magics import without_magics
from modelint.files.notebook import NotPython
from modelint.files.read import from_bytes
from modelint.text.source import SourceFile, cell_place, cell_span
from modelint.text.span import Span

Notebook = Callable[..., str]


def read(text: str) -> SourceFile:
    result = from_bytes(text.encode(), "/project/n.ipynb", "n.ipynb")
    assert isinstance(result, SourceFile)
    return result


def problem(text: str) -> Diagnostic:
    result = from_bytes(text.encode(), "/project/n.ipynb", "n.ipynb")
    assert isinstance(result, Diagnostic)
    return result


def test_code_cells_are_joined_and_rows_lead_back_to_them(notebook: Notebook) -> None:
    source = read(notebook("md:# Title", "import torch\nx = 1", "md:text", "", "y = 2\n"))
    assert source.text == "import torch\nx = 1\n\ny = 2\n"
    assert [cell_place(source, row) for row in (1, 2, 3, 4)] == [(2, 1), (2, 2), (4, 1), (5, 1)]


def test_a_span_past_its_cell_ends_with_it(notebook: Notebook) -> None:
    source = read(notebook("a = 1\nbb = 2", "c = 3"))
    assert cell_span(source, Span(1, 1, 3, 1)) == (1, Span(1, 1, 2, 7))
    assert cell_span(source, Span(3, 1, 3, 6)) == (2, Span(1, 1, 1, 6))


def test_source_may_be_one_string() -> None:
    cells = [{"cell_type": "code", "source": "x = 1\r\ny = 2"}]
    assert read(json.dumps({"nbformat": 4, "cells": cells})).text == "x = 1\ny = 2"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("%matplotlib inline", "pass"),
        ("!pip install torch", "pass"),
        ("% cd x", "pass"),
        ("    !ls -la", "    pass"),
        ("!!ls", "pass"),
        ("files = !ls *.py", "files = get_ipython()"),
        ("a, b = !ls", "a, b = get_ipython()"),
        ("out = %sql SELECT 1", "out = get_ipython()"),
        ("t = %timeit -o f(x)", "t =            f(x)"),
        ("%time model.fit(x)", "0;    model.fit(x)"),
        ("%timeit -n 10 -r3 f(x)", "0;                f(x)"),
        ("%time for x in y: f(x)", "pass"),
        ("model.fit?", "pass"),
        ("??model", "pass"),
        ("pip install torch", "pass"),
        ("cd /content", "pass"),
        ("ls -la", "pass"),
    ],
)
def test_magics_are_neutralised(line: str, expected: str) -> None:
    assert without_magics(line) == expected
    ast.parse("if 1:\n" + expected if expected.startswith(" ") else expected)


@pytest.mark.parametrize(
    "text",
    [
        "x = (a\n  % b)",
        "x = a \\\n  % b",
        "s = '''\n%time x\n!ls\n'''",
        'print("%d items"\n      % n)',
        "x = y != z",
        "ls = 3\nls in x",
        "cat = rm - mv",
        "# what is this?",
        's = "really?"',
        "d = [1,\n%s]",
    ],
)
def test_python_that_looks_like_a_magic_stays(text: str) -> None:
    assert without_magics(text) == text


def test_a_magic_over_several_lines_keeps_its_lines() -> None:
    assert without_magics("!pip install \\\n  torch \\\n  timm\nx = 1") == "pass\n\n\nx = 1"


@pytest.mark.parametrize("magic", ["%%time", "%%capture out", "%%timeit -n 1", "\n%%time"])
def test_cell_magics_that_run_python_keep_the_body(notebook: Notebook, magic: str) -> None:
    source = read(notebook(f"{magic}\nx = 1"))
    assert source.text.split("\n")[magic.count("\n") + 1 :] == ["x = 1"]
    assert not source.text.split("x")[0].strip()
    assert source.cells[0].has_magic


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile x.py", "%%unheard_of", "!!"])
def test_cells_in_other_languages_are_counted(notebook: Notebook, magic: str) -> None:
    source = read(notebook("a = 1", f"{magic}\nrm -rf x {{", "b = 2"))
    assert source.text == "a = 1\nb = 2"
    assert source.skipped_cells == 1
    assert [cell.number for cell in source.cells] == [1, 3]


@pytest.mark.parametrize(
    "text", ["", "  \n", '{"cells": [], "nbformat": 4}', '{"cells": [{"cell_type": "markdown", "source": ""}]}']
)
def test_an_empty_notebook_is_fine(text: str) -> None:
    source = read(text)
    assert source.is_notebook
    assert source.text == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not json", "not valid JSON"),
        ('{"cells": [', "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "not an object"),
        ('{"a": 1}', "no list of cells"),
        ('{"nbformat": 3, "worksheets": []}', "format 3"),
        ('{"nbformat": 5, "cells": []}', "format 5"),
        ('{"nbformat": 4, "cells": [1]}', "not an object"),
        ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": 3}]}', "neither text nor a list"),
    ],
)
def test_what_is_no_notebook_is_a_diagnostic(text: str, message: str) -> None:
    diagnostic = problem(text)
    assert diagnostic.name == "not-a-notebook"
    assert message in diagnostic.message


def test_the_place_of_a_json_error() -> None:
    assert problem('{\n "cells": [}\n').span == Span(2, 12, 2, 12)


def test_nan_in_an_output_is_taken_as_jupyter_takes_it() -> None:
    assert read('{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x", "outputs": [NaN]}]}').text == "x"


def test_null_characters_and_lone_surrogates() -> None:
    def cell(text: str) -> str:
        return json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": text}]})

    assert problem(cell("x = '\0'")).name == "not-text"
    assert read(cell("x = '\ud800'")).text == "x = '?'"


@pytest.mark.parametrize("language", ["R", "julia"])
def test_notebooks_in_other_languages(notebook: Notebook, language: str) -> None:
    text = notebook("x <- 1", kernelspec={"language": language})
    assert from_bytes(text.encode(), "/n.ipynb", "n.ipynb") == NotPython(language.lower())


def test_a_notebook_that_names_no_language_is_python(notebook: Notebook) -> None:
    assert read(notebook("x = 1", kernelspec={"name": "python3"})).text == "x = 1"
