"""What was seen is remembered as long as all that it rests on is the same."""

from __future__ import annotations

import importlib.metadata
import os
from pathlib import Path

import pytest

from modelint.config.schema import Config
from modelint.diagnostics.diagnostic import Verdict
from modelint.engine.looking import LookOptions, look
from modelint.testing import check_files

PROGRAM = """
import torch
from nets import Net

model = Net("settings.json")
model.load_state_dict(torch.load("weights.pt"))
with torch.no_grad():
    print(model(torch.ones(1, 4)).argmax())
"""
NETS = """
import json

from torch import nn


class Net(nn.Sequential):
    def __init__(self, settings):
        with open(settings) as file:
            rate = json.load(file)["rate"]
        super().__init__(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(rate))
"""
PRETRAINED = """
import torch
from transformers import BertModel

model = BertModel.from_pretrained("model")
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for ids in torch.load("batches.pt"):
    model(ids).last_hidden_state.mean().backward()
    optimizer.step()
"""


class Looks:
    """Looks at the program in the current folder; True for one that made its model anew."""

    def __init__(self) -> None:
        self.verdict: Verdict | None = None

    def __call__(self, **options: object) -> bool:
        said: list[str] = []
        config = Config(root=os.getcwd())
        chosen = LookOptions(**{"device": "cpu", "cache": "cache", "show_refuted": True, **options})
        [found] = look(check_files(["program.py"], config), config, chosen, said.append).diagnostics
        assert found.probe is not None
        self.verdict = found.probe.verdict
        return any("makes" in line for line in said)


@pytest.fixture
def looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Looks:
    monkeypatch.chdir(tmp_path)
    Path("program.py").write_text(PROGRAM)
    Path("nets.py").write_text(NETS)
    Path("settings.json").write_text('{"rate": 0.5}')
    Path("weights.pt").write_bytes(b"")
    return Looks()


def test_remembered_until_something_changes(looks: Looks, monkeypatch: pytest.MonkeyPatch) -> None:
    assert looks()
    assert looks.verdict is Verdict.PREMISES_CONFIRMED
    assert not looks()
    Path("unrelated.txt").write_text("new")
    assert not looks()
    assert looks(device="meta")
    Path("settings.json").write_text('{"rate": 0.0}')
    assert looks()
    Path("nets.py").write_text(NETS.replace("nn.BatchNorm1d(4)", "nn.ReLU()"))
    assert looks()
    assert looks.verdict is Verdict.REFUTED
    assert not looks()
    installed = [each for each in importlib.metadata.distributions() if each.name != "torch"]
    monkeypatch.setattr(importlib.metadata, "distributions", lambda: installed)
    assert looks()


def test_without_a_folder_nothing_is_remembered(looks: Looks) -> None:
    assert looks(cache=None)
    assert looks(cache=None)


def test_what_failed_is_tried_again(looks: Looks) -> None:
    Path("nets.py").write_text(NETS.replace("nn.Linear", "nn.Nothing"))
    assert looks()
    assert looks.verdict is Verdict.INCONCLUSIVE
    assert looks()


def test_weights_that_native_code_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    transformers = pytest.importorskip("transformers")
    monkeypatch.chdir(tmp_path)
    size = {"vocab_size": 32, "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    transformers.BertModel(transformers.BertConfig(**size)).save_pretrained("model")
    Path("program.py").write_text(PRETRAINED)
    looks = Looks()
    assert looks()
    assert not looks()
    weights = Path("model/model.safetensors")
    weights.write_bytes(weights.read_bytes()[:-1] + b"\1")
    assert looks()
