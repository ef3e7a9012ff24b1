"""The five scenes under the probe: the run does what the static findings say, at their lines, and nothing in the correct variants."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelint.config.schema import Config
from modelint.diagnostics.diagnostic import Verdict
from modelint.engine.probing import against
from modelint.testing import check_files
from tests.facts.recorder import require
from tests.probe.conftest import Probe, check
from tests.scenes.test_scenes_run import LIBRARIES, SCENES

FILES = [
    "gliner/bug.py",
    "gliner/ok.py",
    "lightning_bert/bug_train_after_validation.py",
    "lightning_bert/ok_setup.py",
    "lightning_causal_lm/bug.py",
    "lightning_causal_lm/bug_recurrent_part.py",
    "lora_batch_norm/bug.py",
    "lora_batch_norm/bug_only_some.py",
    "lora_batch_norm/ok_named.py",
    "lora_generate/bug.py",
    "lora_generate/bug_loaded_frozen.py",
    "lora_generate/ok_eval.py",
]


@pytest.mark.scenes
@pytest.mark.parametrize("name", FILES)
def test_verdicts(probe: Probe, name: str) -> None:
    path = SCENES / name
    require("torch", *LIBRARIES[path.parent.name])
    probed = probe(path, steps=20)
    check(probed, path.read_text())
    config = Config(root=str(path.parent))
    static = check_files([str(path)], config).diagnostics
    verdicts = [each.probe.verdict for each in against(static, probed, config).diagnostics if each.probe is not None]
    assert verdicts == [Verdict.CONFIRMED] * len(static)


def test_every_scene_is_here() -> None:
    assert {Path(name).parts[0] for name in FILES} == set(LIBRARIES)
