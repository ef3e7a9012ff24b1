"""Models with the weights that come in their packages: found in the source, premises confirmed, and confirmed by a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelint.config.schema import Config
from modelint.diagnostics.diagnostic import Verdict
from modelint.engine.looking import LookOptions, look
from modelint.engine.probing import against
from modelint.report.record import Report
from modelint.testing import check_files, mismatches
from tests.facts.recorder import require
from tests.probe.conftest import PROGRAMS, Probe, check

CASES = [
    (
        "torchcrepe",
        "torchcrepe_finetuned",
        "6 BatchNorm layers: `conv1_BN` (momentum=0.0)",
        ".infer.model",
        ".infer.model.train()",
    ),
    (
        "resemblyzer",
        "resemblyzer_trained",
        "1 recurrent layer: `lstm` (dropout=0.0)",
        "for step in",
        "encoder.train()\n    for step in",
    ),
]


def checked(path: Path) -> tuple[Report, Config]:
    config = Config(root=str(path.parent))
    return check_files([str(path)], config), config


@pytest.mark.parametrize(("library", "name", "layers"), [case[:3] for case in CASES])
def test_looked_at(library: str, name: str, layers: str) -> None:
    require("torch", library)
    report, config = checked(PROGRAMS / f"{name}.py")
    [found] = look(report, config, LookOptions(device="cpu"), lambda text: None).diagnostics
    assert found.probe is not None
    assert found.probe.verdict is Verdict.PREMISES_CONFIRMED, found.probe
    assert found.probe.details[0].startswith(layers)


@pytest.mark.parametrize(("library", "name"), [case[:2] for case in CASES])
def test_run(probe: Probe, library: str, name: str) -> None:
    require("torch", library)
    path = PROGRAMS / f"{name}.py"
    static, config = checked(path)
    assert mismatches(path.read_text(), static.diagnostics) == []
    probed = probe(path)
    check(probed, path.read_text())
    verdicts = [
        each.probe.verdict for each in against(static.diagnostics, probed, config).diagnostics if each.probe is not None
    ]
    assert verdicts == [Verdict.CONFIRMED]


@pytest.mark.parametrize(("library", "name", "wrong", "right"), [(*case[:2], *case[3:]) for case in CASES])
def test_corrected(probe: Probe, tmp_path: Path, library: str, name: str, wrong: str, right: str) -> None:
    require("torch", library)
    path = tmp_path / "program.py"
    path.write_text((PROGRAMS / f"{name}.py").read_text().replace(wrong, right))
    static, _ = checked(path)
    assert static.diagnostics == ()
    assert probe(path).report.diagnostics == ()
