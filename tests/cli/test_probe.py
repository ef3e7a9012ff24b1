"""`modelint probe` as its users see it."""

from __future__ import annotations

import importlib.util
import json
import signal
import sys
import time
from pathlib import Path

import pytest

from modelint.errors import ProbeError
from modelint.probe.parent import require_machine
from tests.cli.conftest import start
from tests.probe.test_hostile_programs import is_gone

TRAIN = """
import sys
import torch
from torch import nn


def evaluate(model, x):
    model.eval()
    with torch.no_grad():
        return model(x).argmax(1).tolist()


print("arguments:", sys.argv[1:])
model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5), nn.Linear(4, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(2):
    x = torch.randn(2, 4)
    loss = model(x).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(evaluate(model, x))
"""


@pytest.fixture(autouse=True)
def program(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(TRAIN)


def test_text(modelint):
    done = modelint("probe", "--timeline", "train.py", "--steps", "of its own")
    assert done.returncode == 1
    assert "arguments: ['--steps', 'of its own']" in done.stderr
    assert "ML103 train-mode-not-restored: `model` is trained in the eval mode that `evaluate` leaves behind" in done.stdout
    assert "train.py:18              step      Sequential  dropout 1 train" in done.stdout
    assert "training steps seen: 2" in done.stdout
    assert "modelint: runs " in done.stderr
    assert "modelint: saw 2 training steps in " in done.stderr


def test_json_of_a_module(modelint):
    done = modelint("probe", "--output-format", "json", "-m", "train", "-x")
    assert "arguments: ['-x']" in done.stderr
    [found] = json.loads(done.stdout)
    assert (found["code"], found["filename"], found["location"]["row"]) == ("ML103", "train.py", 18)


@pytest.mark.parametrize(
    "how", [["-m", "train"], ["-mtrain"], ["--module", "train"], ["--module=train"], ["folder"], ["--", "train.py"]]
)
def test_what_follows_the_program_is_its_own(modelint, tmp_path, how):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/__main__.py").write_text(TRAIN)
    done = modelint("probe", "--steps=5", *how, "--lr", "0.1", "-x", "--steps", "3")
    assert "arguments: ['--lr', '0.1', '-x', '--steps', '3']" in done.stderr


@pytest.mark.parametrize("ending", ["sys.exit(3)", "while True: pass"])
def test_a_program_cut_short_is_named_as_a_file_of_the_project(modelint, tmp_path, ending):
    (tmp_path / "modelint.toml").write_text("")
    (tmp_path / "some where").mkdir()
    (tmp_path / "some where/train.py").write_text(f"import sys, torch\n{ending}\n")
    done = modelint("probe", "--timeout", "8", "--output-format", "json", "some where/train.py", "of", "its/own")
    [found] = json.loads(done.stdout)
    assert (found["name"], found["filename"]) == ("probe-cut-short", "some where/train.py")


def test_a_program_without_a_model(modelint, tmp_path):
    (tmp_path / "train.py").write_text("import torch\n")
    done = modelint("probe", "train.py")
    assert done.returncode == 1
    assert "up to training step 0 only: no model ran in it" in done.stdout


def test_verdicts_on_static_findings(modelint, tmp_path):
    (tmp_path / "found.json").write_text(modelint("check", "train.py", "--output-format", "json").stdout)
    done = modelint("probe", "--against", "found.json", "--output-format", "json", "train.py")
    [found] = json.loads(done.stdout)
    assert found["probe"] == {"verdict": "confirmed", "details": ["in 2 steps", "in eval mode: `1`"]}
    assert found["fingerprint"] == json.loads((tmp_path / "found.json").read_text())[0]["fingerprint"]
    (tmp_path / "train.py").write_text(TRAIN.replace("range(2)", "range(1)"))
    done = modelint("probe", "--against", "found.json", "train.py")
    assert "= probe: not reproduced: in 1 steps" in done.stdout


def test_what_a_run_does_not_come_to_show(modelint, tmp_path):
    override = (
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.drop = nn.Dropout()\n\n"
    )
    override += "    def train(self, mode=True):\n        super().train()\n        return self\n"
    (tmp_path / "train.py").write_text(TRAIN.replace("\n\ndef", f"\n\n{override}\n\ndef"))
    (tmp_path / "found.json").write_text(modelint("check", "train.py", "--select", "ML110", "--output-format", "json").stdout)
    done = modelint("probe", "--against", "found.json", "train.py")
    assert "= probe: inconclusive: the run made no such object, or did not come to show what it is like" in done.stdout


def test_a_run_does_not_see_a_dropout_made_by_hand(modelint, tmp_path):
    dropout = (
        "class Drop(nn.Module):\n    def forward(self, x):\n        return x * torch.empty_like(x).bernoulli_(0.5) / 0.5\n"
    )
    (tmp_path / "train.py").write_text(TRAIN.replace("\n\ndef", f"\n\n{dropout}\n\ndef"))
    (tmp_path / "found.json").write_text(modelint("check", "train.py", "--select", "ML108", "--output-format", "json").stdout)
    done = modelint("probe", "--against", "found.json", "train.py")
    assert "made by hand" in done.stdout
    assert "= probe: inconclusive" in done.stdout


def test_findings_of_another_project(modelint, tmp_path):
    """`not reproduced` would be wrong: the same file has another name there."""
    (tmp_path / "below").mkdir()
    (tmp_path / "below/train.py").write_text(TRAIN)
    (tmp_path / "found.json").write_text(modelint("check", "below", "--output-format", "json").stdout)
    (tmp_path / "below/modelint.toml").write_text("")
    done = modelint("probe", "--against", "found.json", "below/train.py")
    assert "= probe: inconclusive: there is no below/train.py in the project of the run" in done.stdout


def test_suppressions_hold(modelint, tmp_path):
    (tmp_path / "train.py").write_text(TRAIN.replace("model(x).sum()", "model(x).sum()  # modelint: ignore[ML103]"))
    assert modelint("probe", "train.py").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give a script to run, or -m MODULE"),
        (["none.py"], "none.py: there is no such file"),
        (["empty"], "empty: there is no such file"),
        (["train.ipynb"], "train.ipynb: a notebook is no script; write it as one, as `jupyter nbconvert --to script` does"),
        (["--timeline", "--output-format", "json", "train.py"], "--timeline is text"),
        (["--against", "train.py", "train.py"], "train.py: not a report of `modelint check --output-format json`"),
    ],
)
def test_wrong_usage(modelint, tmp_path, arguments, message):
    (tmp_path / "empty").mkdir()
    (tmp_path / "train.ipynb").write_text("{}")
    done = modelint("probe", *arguments)
    assert done.returncode == 2
    assert message in done.stderr


def test_hubs_are_offline_unless_allowed(modelint, tmp_path):
    (tmp_path / "train.py").write_text("import os\nprint('offline:', os.environ.get('HF_HUB_OFFLINE'))\n")
    assert "offline: 1" in modelint("probe", "train.py").stderr
    assert "offline: 1" not in modelint("probe", "--allow-network", "train.py", HF_HUB_OFFLINE="").stderr


def test_a_program_that_hangs(modelint, tmp_path):
    (tmp_path / "train.py").write_text("import time\nprint('waits', flush=True)\ntime.sleep(1000)\n")
    done = modelint("probe", "--timeout", "5", "train.py")
    assert done.returncode == 1
    assert "it was stopped after 5 seconds; --timeout gives it more" in done.stdout


def test_without_torch(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ProbeError, match=r"^the probe .* pip install 'modelint\[probe\]'.*$"):
        require_machine(sys.executable)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGHUP, 130), (signal.SIGKILL, -9)]
)
def test_interruption_ends_the_program(tmp_path, monkeypatch, number, code):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "wait.py").write_text("import os, time\nprint('pid', os.getpid(), flush=True)\ntime.sleep(1000)\n")
    running = start(tmp_path, "probe", "wait.py")
    assert running.stderr is not None
    line = next(line for line in running.stderr if line.startswith("pid"))
    running.send_signal(number)
    assert running.wait(120) == code
    assert is_gone(int(line.split()[1]))
    assert is_empty(tmp_path / "temporary")


def is_empty(folder: Path) -> bool:
    """Within a moment."""
    for _ in range(50):
        if not list(folder.iterdir()):
            return True
        time.sleep(0.1)
    return False
