"""The textual scan for imports, and what belongs together by them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

from modelint.program.closure import ImportGraph
from modelint.program.imports import Statement, scan
from modelint.program.modules import Resolver


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a", [Statement("a", None, 0)]),
        ("import a.b as c, d", [Statement("a.b", None, 0), Statement("d", None, 0)]),
        ("  from a import b as c, d  # import e", [Statement("a", ("b", "d"), 0)]),
        ("from . import a", [Statement("", ("a",), 1)]),
        ("from .. b import c", [Statement("b", ("c",), 2)]),
        ("from ...a.b import *", [Statement("a.b", ("*",), 3)]),
        ("from a import (  # why\n    b,\n    c as d,\n)\nimport e", [Statement("a", ("b", "c"), 0), Statement("e", None, 0)]),
        ("from a import b, \\\n    c\n", [Statement("a", ("b", "c"), 0)]),
        ("from a \\\n    import b\n", [Statement("a", ("b",), 0)]),
        ("import a; import b", [Statement("a", None, 0), Statement("b", None, 0)]),
        ("try: import a\nexcept ImportError: pass", [Statement("a", None, 0)]),
        ("important = 1\nimporting.x()\n# import a\nx = 'import'", []),
    ],
)
def test_import_statements_are_found(text: str, expected: list[Statement]) -> None:
    assert list(scan(text)) == expected


def test_nothing_that_the_parser_sees_is_missed() -> None:
    """Over modelint's own sources: the scan may find more, never less."""
    for path in Path(__file__).resolve().parents[2].glob("modelint/**/*.py"):
        text = path.read_text(encoding="utf-8")
        found = set(scan(text))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                assert {Statement(alias.name, None, 0) for alias in node.names} <= found, path
            elif isinstance(node, ast.ImportFrom):
                wanted = Statement(node.module or "", tuple(alias.name for alias in node.names), node.level)
                assert wanted in found, path


def graph(files: Mapping[str, str]) -> ImportGraph:
    return ImportGraph(Resolver(files), lambda path: files[path])


FILES = {
    "train.py": "from pkg.engine import fit\nimport torch",
    "other.py": "from pkg import data",
    "pkg/__init__.py": "",
    "pkg/engine.py": "from .helpers import freeze",
    "pkg/helpers.py": "",
    "pkg/data.py": "import pkg.data, os",
}


def test_what_a_file_imports_includes_the_packages_above() -> None:
    assert set(graph(FILES).imports("train.py")) == {"pkg/__init__.py", "pkg/engine.py"}
    assert graph(FILES).imports("pkg/data.py") == ("pkg/__init__.py",)


def test_closures_are_transitive() -> None:
    files = graph(FILES)
    assert files.with_imports(["train.py"]) == {"train.py", "pkg/__init__.py", "pkg/engine.py", "pkg/helpers.py"}
    assert files.with_importers(["pkg/helpers.py"], FILES) == {"pkg/helpers.py", "pkg/engine.py", "train.py"}
    assert files.with_importers([], FILES) == set()


def test_circles_end() -> None:
    files = {"a.py": "import b", "b.py": "import a"}
    assert graph(files).with_imports(["a.py"]) == graph(files).with_importers(["a.py"], files) == {"a.py", "b.py"}
