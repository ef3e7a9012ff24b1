"""`modelint check --probe`: the model of each finding is made and looked at."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from modelint.config.schema import OUTPUT_FORMATS
from tests.cli.conftest import ROOT, start
from tests.facts.recorder import require
from tests.probe.test_hostile_programs import is_gone

TRAINED = """
import argparse

import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--rate", type=float, default={rate})
arguments = parser.parse_args()


class Net(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.first, self.drop, self.last = nn.Linear(4, 4), nn.Dropout(rate), nn.Linear(4, 2)

    def forward(self, x):
        return self.last(self.drop(self.first(x)))


def evaluate(model, batches):
    model.eval()
    with torch.no_grad():
        return [model(x).argmax(1).tolist() for x in batches]


model = Net(arguments.rate)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
batches = torch.load("batches.pt")
for epoch in range(3):
    for x in batches:
        model(x).sum().backward()
        optimizer.step()
        optimizer.zero_grad()
    print(evaluate(model, batches))
"""
TRANSFORMER = """
import torch
from transformers import AutoModelForSequenceClassification

model = AutoModelForSequenceClassification.from_pretrained("checkpoint")
optimizer = torch.optim.AdamW(model.parameters())
for batch in torch.load("batches.pt"):
    model(**batch).loss.backward()
    optimizer.step()
    optimizer.zero_grad()
"""


def run(modelint, *arguments: str) -> list[dict[str, object]]:
    """The verdicts and details of the findings in `train.py`, those that are refuted too."""
    paths = os.pathsep.join(map(str, (ROOT / "tests/probe/environment", ROOT, ROOT / "rules")))
    done = modelint("check", "train.py", "--probe", "--show-refuted", "--output-format", "json", *arguments, PYTHONPATH=paths)
    assert done.returncode in (0, 1), done.stderr
    return [found["probe"] for found in json.loads(done.stdout)]


def saved(folder: Path, name: str, config: dict[str, object]) -> None:
    """A tiny checkpoint with random weights."""
    require("torch", "transformers")
    import transformers

    configuration = getattr(transformers, f"{name}Config")(**config)
    getattr(transformers, f"{name}ForSequenceClassification")(configuration).save_pretrained(folder / "checkpoint")


SMALL = {"vocab_size": 32, "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}


@pytest.mark.parametrize(("rate", "verdict"), [(0.5, "premises confirmed"), (0.0, "refuted")])
def test_a_rate_from_the_command_line(modelint, tmp_path, rate, verdict):
    (tmp_path / "train.py").write_text(TRAINED.format(rate=rate))
    [found] = run(modelint)
    assert found["verdict"] == verdict


@pytest.mark.parametrize(
    ("name", "config", "verdict"),
    [
        ("Bert", SMALL, "premises confirmed"),
        ("Bert", {**SMALL, "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}, "refuted"),
        ("Llama", {**SMALL, "pad_token_id": 0}, "refuted"),
    ],
)
def test_a_checkpoint_of_the_project(modelint, tmp_path, name, config, verdict):
    saved(tmp_path, name, config)
    (tmp_path / "train.py").write_text(TRANSFORMER)
    [found] = run(modelint)
    assert found["verdict"] == verdict
    assert ("made in eval mode, with 5 of 5 layers in eval mode" in found["details"]) == (verdict == "premises confirmed")
    [found] = run(modelint, "--device", "meta")
    assert found["verdict"] == verdict


def test_refuted_findings_do_not_count(modelint, tmp_path):
    (tmp_path / "train.py").write_text(TRAINED.format(rate=0.0))
    done = modelint("check", "train.py", "--probe")
    assert done.returncode == 0
    assert done.stdout.startswith("Found nothing; files checked: 1; findings refuted: 1")
    done = modelint("check", "train.py", "--probe", "--show-refuted")
    assert done.returncode == 0
    assert "= probe: refuted: no layer of `Net` depends on the mode" in done.stdout


@pytest.mark.parametrize("output_format", OUTPUT_FORMATS)
def test_every_format_has_the_verdict(modelint, tmp_path, output_format):
    (tmp_path / "train.py").write_text(TRAINED.format(rate=0.5))
    done = modelint("check", "train.py", "--probe", "--output-format", output_format)
    assert "premises confirmed" in done.stdout
    assert "`drop` (p=0.5)" in done.stdout


def test_refuted_findings_fail_nothing(modelint, tmp_path):
    """Also where somebody reads the report and not the exit code."""
    (tmp_path / "train.py").write_text(TRAINED.format(rate=0.0))
    for output_format, expected in (("junit", 'failures="0"'), ("github", "::notice"), ("sarif", '"level": "note"')):
        done = modelint("check", "train.py", "--probe", "--show-refuted", "--output-format", output_format)
        assert expected in done.stdout
        assert "refuted" in done.stdout


def test_what_is_checked_is_made(modelint, tmp_path):
    (tmp_path / "train.py").write_text(TRAINED.format(rate=0.0))
    done = modelint("check", "-", "--stdin-filename", "train.py", "--probe", stdin=TRAINED.format(rate=0.25))
    assert "premises confirmed: 1 dropout layer: `drop` (p=0.25)" in done.stdout


def test_progress_and_cache(modelint, tmp_path):
    (tmp_path / "train.py").write_text(TRAINED.format(rate=0.5))
    assert "probe 1 of 1: train.py:27: makes `Net(arguments.rate)`" in modelint("check", "train.py", "--probe").stderr
    again = modelint("check", "train.py", "--probe")
    assert "makes" not in again.stderr
    assert "premises confirmed" in again.stdout
    (tmp_path / "train.py").write_text(TRAINED.format(rate=0.25))
    assert "makes" in modelint("check", "train.py", "--probe").stderr


def test_says_what_of_the_project_it_imports(modelint, tmp_path):
    text = TRAINED.format(rate=0.5)
    start, end = text.index("class Net"), text.index("def evaluate")
    (tmp_path / "nets.py").write_text(f"from torch import nn\n\n\n{text[start:end]}")
    (tmp_path / "train.py").write_text(f"{text[:start]}from nets import Net\n\n\n{text[end:]}")
    assert "makes `Net(arguments.rate)`, importing nets\n" in modelint("check", "train.py", "--probe").stderr


def test_inputs_of_the_user(modelint, tmp_path):
    (tmp_path / "train.py").write_text(TRAINED.format(rate=0.5))
    (tmp_path / "examples.py").write_text("import torch\n\ndef batch():\n    return torch.ones(2, 4)\n")
    [found] = run(modelint, "--probe-input", "examples:batch")
    assert "two forwards in train mode differ by" in found["details"][1]
    (tmp_path / "examples.py").write_text("import torch\n\ndef batch():\n    return torch.ones(2, 5)\n")
    [found] = run(modelint, "--probe-input", "examples:batch")
    assert found["details"][1].startswith("it does not take what `examples:batch` gives: RuntimeError: mat1 and mat2 shapes")
    [found] = run(modelint, "--probe-input", "examples:none")
    assert "no forward was made: AttributeError: module 'examples' has no attribute 'none'" in found["details"][1]


def test_what_cannot_be_made_is_inconclusive(modelint, tmp_path):
    (tmp_path / "train.py").write_text(TRANSFORMER)
    [found] = run(modelint)
    assert found["verdict"] == "inconclusive"
    assert "OSError" in found["details"][0] or "checkpoint" in found["details"][0]
    (tmp_path / "train.py").write_text(TRAINED.format(rate=0.5).replace("Net(arguments.rate)", "Net(float(input()))"))
    [found] = run(modelint)
    assert found["verdict"] == "inconclusive"
    assert "EOFError" in found["details"][0]


def test_limits(modelint, tmp_path):
    (tmp_path / "train.py").write_text(
        TRAINED.format(rate=0.5).replace("        super()", "        import time; time.sleep(100)\n        super()")
    )
    [found] = run(modelint, "--probe-timeout", "12")
    assert found["verdict"] == "inconclusive"
    assert found["details"] == ["stopped after 12 seconds; --probe-timeout gives it more (building the model)"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--probe", "--fix"], "--probe looks at findings and does not repair them"),
        (["--device", "meta"], "--device needs --probe"),
        (["--show-refuted"], "--show-refuted needs --probe"),
        (["--probe-timeout", "0"], "--probe-timeout needs --probe"),
        (["--probe-memory", "4"], "--probe-memory needs --probe"),
        (["--probe-input", "examples:batch"], "--probe-input needs --probe"),
        (["--probe", "--probe-input", "examples"], "--probe-input is MODULE:FUNCTION, and examples names no function"),
    ],
)
def test_wrong_usage(modelint, arguments, message):
    done = modelint("check", *arguments)
    assert done.returncode == 2
    assert message in done.stderr


def test_interruption_ends_what_is_being_made(tmp_path):
    waiting = "        import time\n        print(time.sleep(1000))\n        super()"
    (tmp_path / "train.py").write_text(TRAINED.format(rate=0.5).replace("        super()", waiting))
    running = start(tmp_path, "check", "train.py", "--probe", "--no-cache")
    assert running.stderr is not None
    assert "makes `Net(arguments.rate)`" in running.stderr.readline()
    children = wait_for_children(running.pid)
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 130
    assert all(map(is_gone, children))


def wait_for_children(parent: int) -> list[int]:
    """The process that makes the model, and the shell that waits for modelint's end."""
    for _ in range(100):
        found = [int(name) for name in os.listdir("/proc") if name.isdigit() and parent_of(name) == parent]
        if len(found) == 2:
            return found
        time.sleep(0.1)
    raise AssertionError("not two children")


def parent_of(pid: str) -> int:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return int(file.read().rpartition(")")[2].split()[1])
    except OSError:
        return 0


CLASSES = """
from torch import nn


class Base(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.layers = [nn.Linear(4, 4) for _ in range(depth)]


class Net(Base):
    pass


class Drops(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(width, 4), nn.Dropout(0.5))

    def train(self, mode=True):
        return super().train()


class Unmade(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(width, 4), nn.Dropout(0.5))

    def train(self, mode=True):
        super().train(mode)


def build(width):
    return Net(depth=2), nn.Sequential(Drops(width), nn.Linear(4, 2))


build(4)
"""


def test_objects_of_classes(modelint, tmp_path):
    """Made where the program makes them, or one of a class below; with defaults, if it does not."""
    (tmp_path / "train.py").write_text(CLASSES)
    container, drops, unmade = run(modelint)
    assert container == {
        "verdict": "premises confirmed",
        "details": ["2 of 2 modules in the list `layers` are no parts of `Net`", "`parameters()` leaves out 40 weights"],
    }
    assert drops == {
        "verdict": "premises confirmed",
        "details": ["in train mode after `eval()`: the object itself and `net.1`"],
    }
    assert unmade["verdict"] == "inconclusive"
    assert "missing 1 required positional argument: 'width' (building the model)" in unmade["details"][0]
