"""Runs programs under the probe, each as a process in a folder of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from modelint.config.schema import Config
from modelint.engine.probing import ScriptProbe, probe_script
from modelint.probe.parent import Limits, Program, python_command
from modelint.testing import mismatches

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(__file__).parent / "programs"
LIMITS = Limits(seconds=300)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the processes of a test need to find and to leave alone."""
    paths = [str(Path(__file__).parent / "environment"), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


class Probe:
    """Runs programs in `folder`; `output` is what they printed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.output = ""

    def __call__(
        self,
        program: str | Path,
        *arguments: str,
        steps: int = 1000,
        module: str | None = None,
        limits: Limits = LIMITS,
        waiting: Callable[[float, int, int], None] = lambda *seen: None,
    ) -> ScriptProbe:
        """Run a program, given as text or as a file, until `steps` were seen. With a module, `SCRIPT` in the arguments is its path."""
        path = program if isinstance(program, Path) else self._folder / "program.py"
        if isinstance(program, str):
            path.write_text(program)
        given = [str(path) if argument == "SCRIPT" else argument for argument in arguments]
        folder = self._folder / "run"
        folder.mkdir(exist_ok=True)
        what = Program(command=python_command(sys.executable, str(path), module, given), folder=str(folder))
        printed: list[bytes] = []
        probed = probe_script(what, Config(root=str(path.parent)), limits, steps, printed.append, waiting)
        self.output = b"".join(printed).decode()
        return probed


@pytest.fixture
def probe(tmp_path: Path) -> Probe:
    return Probe(tmp_path)


def check(probed: ScriptProbe, text: str) -> None:
    """What the rules say of the run is what the program's comments expect, and nothing went wrong in the probe."""
    assert mismatches(text, probed.report.diagnostics) == []
    assert probed.report.counters["problems of the probe"] == 0
