"""Fixed programs run: every scene with a bug is fixed and run with the real libraries, and the modes and outputs are right then."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from modelint.testing import check_source, fixed_source
from tests.facts.recorder import require
from tests.scenes.test_scenes_run import LIBRARIES, SCENES, run

RIGHT = {
    r'(training\("\w+"\)) == .*': r'\1 == {"train"}',
    r'(inference\("\w+"\)) == .*': r'\1 == {"eval"}',
    r"difference > .*": "difference < 1e-4",
    r"not (.*)": r"\1",
    r"(all\(.*)": r"not \1",
}
"""What is measured of a wrong scene, and what of a right one."""
CLAIM = re.compile(r"^# measured: (.+)\n", re.MULTILINE)


def right_claim(match: re.Match[str]) -> str:
    """The claim about a scene turned into that about the fixed one; claims about what a bug leads to have none."""
    for wrong, right in RIGHT.items():
        if found := re.fullmatch(wrong, match[1]):
            return f"# measured: {found.expand(right)}\n"
    return ""


@pytest.mark.parametrize("path", sorted(SCENES.glob("*/bug*.py")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_nothing_is_found_in_a_fixed_scene(path: Path) -> None:
    text = path.read_text()
    fixed = fixed_source(text)
    assert fixed != text
    assert check_source(fixed) == ()


@pytest.mark.scenes
@pytest.mark.parametrize("folder", LIBRARIES)
def test_fixed_scenes_run_in_the_right_modes(folder: str, tmp_path: Path) -> None:
    require("torch", *LIBRARIES[folder])
    paths = []
    for path in sorted((SCENES / folder).glob("bug*.py")):
        paths.append(tmp_path / path.name)
        paths[-1].write_text(CLAIM.sub(right_claim, fixed_source(path.read_text())))
    run(paths)
