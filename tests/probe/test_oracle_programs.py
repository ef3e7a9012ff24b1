"""The rules say of a run what the comments of the oracle's programs expect of the source: one set of rules, two sources of events."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from modelint.config.schema import Config
from modelint.engine.probing import probe_script
from modelint.probe.parent import Program, python_command
from modelint.testing import mismatches
from tests.oracle.programs_on_disk import programs
from tests.probe.conftest import LIMITS

NAMES = """accumulation adversarial amp_scaler class_context closure_leak data_parallel ema forward_runs_in_both_modes
forward_sets_the_mode frozen_backbone gan gan_samples inference_in_train_mode k_fold_reused lbfgs_closure load_then_infer methods
only_one_kind package rnn teacher_detached teacher_is_student teacher_no_grad train_override try_except_leak""".split()
CHOSEN = [program for program in programs() if program.name in NAMES]


@pytest.mark.parametrize("program", CHOSEN, ids=[program.name for program in CHOSEN])
def test_findings(program, tmp_path: Path) -> None:
    found = {}
    with program.in_a_folder() as folder:
        for arguments in program.command_lines:
            command = python_command(sys.executable, os.path.join(folder, program.main), None, arguments)
            probed = probe_script(Program(command=command, folder=str(tmp_path)), Config(root=folder), LIMITS, steps=1000)
            assert probed.report.counters["problems of the probe"] == 0
            found.update({(each.code, each.filename, each.span): each for each in probed.report.diagnostics})
    assert {path for _, path, _ in found} <= set(program.files)
    wrong = [
        f"{path}: {problem}"
        for path, text in program.files.items()
        for problem in mismatches(text, tuple(each for each in found.values() if each.filename == path))
    ]
    assert wrong == []
