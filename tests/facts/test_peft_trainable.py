"""Trainable adapters: after which calls a real adapter's weights require gradients, and what the rules say of training it."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from tests.facts.recorder import require

PROGRAM = """
import torch
from torch import nn
from peft import LoraConfig, PeftModel, get_peft_model


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.drop = nn.Dropout()
        self.last = nn.Linear(4, 2)

    def forward(self, x):
        return self.last(self.drop(self.first(x)))


def lora(**values):
    return LoraConfig(r=2, target_modules=["first"], **values)


{setup}
model.train()
bias = nn.Parameter(torch.zeros(2))
optimizer = torch.optim.SGD([*model.parameters(), bias], lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    (model(torch.randn(4, 4)) + bias).sum().backward()
    optimizer.step()
"""
SAVE = 'get_peft_model(Net(), lora()).save_pretrained("adapter")\n'
CASES = {
    "for training": ("model = get_peft_model(Net(), lora(inference_mode=False))", None),
    "for inference": ("model = get_peft_model(Net(), lora(inference_mode=True))", "ML203"),
    "config changed before": (
        "config = lora(inference_mode=True)\nconfig.inference_mode = False\nmodel = get_peft_model(Net(), config)",
        None,
    ),
    "config changed after": (
        "config = lora(inference_mode=True)\nmodel = get_peft_model(Net(), config)\nconfig.inference_mode = False",
        "ML203",
    ),
    "set": ('model = get_peft_model(Net(), lora(inference_mode=True))\nmodel.set_adapter("default")', None),
    "off and on": (
        "model = get_peft_model(Net(), lora(inference_mode=True))\nwith model.disable_adapter():\n    model(torch.randn(4, 4))",
        None,
    ),
    "by hand": (
        """
        model = get_peft_model(Net(), lora(inference_mode=True))
        for name, parameter in model.named_parameters():
            if "lora" in name:
                parameter.requires_grad = True
        """,
        None,
    ),
    "loaded": (SAVE + 'model = PeftModel.from_pretrained(Net(), "adapter")', "ML202"),
    "loaded for training": (SAVE + 'model = PeftModel.from_pretrained(Net(), "adapter", is_trainable=True)', None),
    "loaded and set": (SAVE + 'model = PeftModel.from_pretrained(Net(), "adapter")\nmodel.set_adapter("default")', None),
}


def program(setup: str) -> str:
    return PROGRAM.format(setup=textwrap.dedent(setup).strip())


@pytest.mark.parametrize(("setup", "code"), CASES.values(), ids=CASES)
def test_real(setup: str, code: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require("torch", "peft")
    from torch import nn

    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {}
    exec(compile(program(setup), "adapter.py", "exec"), namespace)
    model = namespace["model"]
    assert isinstance(model, nn.Module)
    assert any(parameter.requires_grad for parameter in model.parameters()) == (code is None)


@pytest.mark.parametrize(("setup", "code"), CASES.values(), ids=CASES)
def test_rules(setup: str, code: str | None) -> None:
    from modelint.testing import check_source

    found = check_source(program(setup), select=("ML202", "ML203"))
    assert [diagnostic.code for diagnostic in found] == ([code] if code else [])
