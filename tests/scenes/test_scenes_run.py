"""The five scenes run with the real libraries: the mode is as wrong, or as right, as each program says, and so are the outputs."""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.facts.recorder import require

ROOT = Path(__file__).parents[2]
SCENES = ROOT / "fixtures/scenes"
LIBRARIES = {
    "lightning_bert": ("lightning.pytorch", "pytorch_lightning", "transformers"),
    "lightning_causal_lm": ("lightning.pytorch", "transformers"),
    "lora_generate": ("peft", "transformers", "accelerate"),
    "lora_batch_norm": ("peft", "transformers"),
    "gliner": ("gliner",),
}
SECONDS = 600


@pytest.mark.scenes
@pytest.mark.parametrize("folder", LIBRARIES)
def test_modes_and_outputs(folder: str) -> None:
    require("torch", *LIBRARIES[folder])
    run(sorted((SCENES / folder).glob("*.py")))


@pytest.mark.scenes
def test_lightning_before_2_2() -> None:
    require("torch", "lightning.pytorch", "transformers")
    if tuple(map(int, importlib.metadata.version("lightning").split(".")[:2])) >= (2, 2):
        pytest.skip("Lightning 2.2 or newer is installed; measured with 2.1.4")
    run([SCENES / "lightning_bert/pinned/train.py"])


def test_every_scene_is_run() -> None:
    assert set(LIBRARIES) == {path.name for path in SCENES.iterdir() if path.is_dir()}


def run(paths: list[Path]) -> None:
    """All in one process: importing the libraries takes longer than a scene does."""
    command = [sys.executable, "-m", "tests.scenes.run_scenes", *map(str, paths)]
    folders = [str(ROOT), str(ROOT / "rules"), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False)
    records = [json.loads(line[6:]) for line in done.stdout.splitlines() if line.startswith("SCENE ")]
    assert [record["path"] for record in records] == list(map(str, paths)), done.stderr[-2000:]
    errors = {Path(record["path"]).name: record["error"] for record in records if "error" in record}
    assert not errors, "\n".join(map(str, errors.items()))
    unproved = [record["path"] for record in records if not record["claims"]]
    assert not unproved
    wrong = [f"{Path(r['path']).name}: {claim}: {found}" for r in records for claim, found in r["claims"].items() if found]
    assert not wrong, "\n".join(wrong)
