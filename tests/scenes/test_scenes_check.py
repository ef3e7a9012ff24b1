"""`modelint check` finds each bug of the scenes at its line, and nothing in their correct variants."""

from __future__ import annotations

from pathlib import Path

import pytest

testing = pytest.importorskip("modelint.testing", reason="the engine is not here yet")

SCENES = Path(__file__).parents[2] / "fixtures/scenes"
FILES = sorted(SCENES.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(SCENES)) for path in FILES])
def test_expectations(path: Path) -> None:
    from modelint.config.schema import Config

    report = testing.check_files([str(path)], Config(root=str(path.parent)))
    assert testing.mismatches(path.read_text(), report.diagnostics) == []


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(SCENES)) for path in FILES])
def test_names_say_what_is_expected(path: Path) -> None:
    kinds = {item.kind for item in testing.expectations(path.read_text())}
    assert ("expect" in kinds) == path.name.startswith("bug")
    assert kinds <= {"expect", "ok"}
    assert kinds
