"""Heads in adapters: which new layers of a loaded model an adapter's checkpoint holds, and what the rule says of saving it."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from tests.facts.recorder import require

PROGRAM = """
import torch
from torch import nn
from peft import LoraConfig, get_peft_model


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.classifier = nn.Linear(4, 3)

    def forward(self, x):
        return self.classifier(self.first(x))


class Wrapped(nn.Module):
    def __init__(self, backbone):
        super().__init__()
        self.backbone = backbone
        self.head = nn.Sequential(nn.ReLU(), nn.Linear(3, 2))

    def forward(self, x):
        return self.head(self.backbone(x))


def pretrained():
    net = Net()
    net.load_state_dict(torch.load("base.pt"))
    return net


def lora(**values):
    return LoraConfig(r=2, target_modules=["first"], **values)


torch.save(Net().state_dict(), "base.pt")
{setup}
model.save_pretrained("adapter")
"""
NEW = "base = pretrained()\nbase.classifier = nn.Linear(4, 2)\n"
CASES = {
    "no new head": ("model = get_peft_model(pretrained(), lora())", None),
    "new head": (NEW + "model = get_peft_model(base, lora())", "classifier"),
    "new head, named": (NEW + 'model = get_peft_model(base, lora(modules_to_save=["classifier"]))', None),
    "new head, named by the task": (NEW + 'model = get_peft_model(base, lora(task_type="SEQ_CLS"))', None),
    "new head, other task": (NEW + 'model = get_peft_model(base, lora(task_type="FEATURE_EXTRACTION"))', "classifier"),
    "new head, another named": (NEW + 'model = get_peft_model(base, lora(modules_to_save=["score"]))', "classifier"),
    "around the loaded model": ("model = get_peft_model(Wrapped(pretrained()), lora())", "head"),
    "around the loaded model, named": ('model = get_peft_model(Wrapped(pretrained()), lora(modules_to_save=["head"]))', None),
    "head loaded too": (
        NEW + "base.classifier.load_state_dict(nn.Linear(4, 2).state_dict())\nmodel = get_peft_model(base, lora())",
        "loaded",
    ),
    "nothing loaded": ("model = get_peft_model(Net(), lora())", "nothing"),
    "head saved beside": (
        NEW + 'model = get_peft_model(base, lora())\ntorch.save(base.classifier.state_dict(), "head.pt")',
        "beside",
    ),
    "all saved beside": (NEW + 'model = get_peft_model(base, lora())\ntorch.save(model.state_dict(), "all.pt")', "beside"),
    "without weights": (
        "base = pretrained()\nbase.last = nn.Softmax(-1)\nmodel = get_peft_model(base, lora())",
        None,
    ),
}
SILENT = (None, "loaded", "nothing", "beside")
"""The head is in the checkpoint, or the checkpoint need not hold it."""


def program(setup: str) -> str:
    return PROGRAM.format(setup=textwrap.dedent(setup).strip())


@pytest.mark.parametrize(("setup", "left_out"), CASES.values(), ids=CASES)
def test_real(setup: str, left_out: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require("torch", "peft")
    from safetensors.torch import load_file
    from torch import nn

    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {}
    exec(compile(program(setup), "adapter.py", "exec"), namespace)
    model = namespace["model"]
    assert isinstance(model, nn.Module)
    saved = load_file("adapter/adapter_model.safetensors")
    new = [name for name in ("head", "classifier") if name in ("head" if "Wrapped(" in setup else "classifier")][:1]
    has_new_head = "Wrapped(" in setup or NEW in setup
    in_file = any(f".{new[0]}." in name for name in saved)
    assert in_file == (has_new_head and left_out is None)
    weights = [weight for name, weight in model.named_parameters() if f".{new[0]}." in name and "original_module" not in name]
    assert any(weight.requires_grad for weight in weights) == in_file


@pytest.mark.parametrize(("setup", "left_out"), CASES.values(), ids=CASES)
def test_rule(setup: str, left_out: str | None) -> None:
    from modelint.testing import check_source

    found = check_source(program(setup), select=("ML204",))
    expected = [] if left_out in SILENT else [f"`model` is saved without its new part `{left_out}`"]
    assert [diagnostic.message for diagnostic in found] == expected
