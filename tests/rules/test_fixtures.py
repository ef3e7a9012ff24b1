"""The programs in `fixtures/` have exactly the diagnostics that their comments say, and are fixed as the file beside them shows."""

import re
from pathlib import Path

import pytest

from modelint.testing import check_source, fixed_source, mismatches

FIXTURES = Path(__file__).parents[2] / "fixtures"
PROGRAMS = sorted(path for path in FIXTURES.glob("ML*/*.py") if not path.name.endswith(".fixed.py"))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_fixture(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert mismatches(text, check_source(text)) == []


@pytest.mark.parametrize("fixed", sorted(FIXTURES.glob("ML*/*.fixed.py")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_fixed_fixture(fixed: Path) -> None:
    text = fixed.with_name(fixed.name.replace(".fixed.py", ".py")).read_text(encoding="utf-8")
    assert re.sub(r" +# expect:.*", "", fixed_source(text)) == fixed.read_text(encoding="utf-8")
