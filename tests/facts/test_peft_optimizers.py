"""Optimizers and adapters: whether a real optimizer holds the weights of an adapter, and what the rule says of its steps."""

from __future__ import annotations

import textwrap

import pytest

from tests.facts.recorder import require

PROGRAM = """
import torch
from torch import nn
from peft import LoraConfig, get_peft_model, inject_adapter_in_model


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.last = nn.Linear(4, 2)

    def forward(self, x):
        return self.last(self.first(x))


def sgd(parameters):
    return torch.optim.SGD(parameters, lr=0.1)


config = LoraConfig(r=2, target_modules=["first"])
{setup}
for _ in range(2):
    optimizer.zero_grad()
    model(torch.randn(4, 4)).sum().backward()
    optimizer.step()
"""
CASES = {
    "after": ("model = get_peft_model(Net(), config)\noptimizer = sgd(model.parameters())", True),
    "before": ("base = Net()\noptimizer = sgd(base.parameters())\nmodel = get_peft_model(base, config)", False),
    "before, same name": ("model = Net()\noptimizer = sgd(model.parameters())\nmodel = get_peft_model(model, config)", False),
    "before, trainable only": (
        "model = Net()\noptimizer = sgd([p for p in model.parameters() if p.requires_grad])\nmodel = get_peft_model(model, config)",
        False,
    ),
    "injected before": ("model = Net()\ninject_adapter_in_model(config, model)\noptimizer = sgd(model.parameters())", True),
    "injected after": ("model = Net()\noptimizer = sgd(model.parameters())\ninject_adapter_in_model(config, model)", False),
    "made again": (
        "base = Net()\noptimizer = sgd(base.parameters())\nmodel = get_peft_model(base, config)\noptimizer = sgd(model.parameters())",
        True,
    ),
    "given later": (
        """
        base = Net()
        optimizer = sgd(base.parameters())
        model = get_peft_model(base, config)
        optimizer.add_param_group({"params": [p for p in model.parameters() if p.requires_grad]})
        """,
        True,
    ),
    "of another model": (
        "other = Net()\nmodel = get_peft_model(Net(), config)\noptimizer = sgd([*other.parameters(), *model.parameters()])",
        True,
    ),
}


def program(setup: str) -> str:
    return PROGRAM.format(setup=textwrap.dedent(setup).strip())


@pytest.mark.parametrize(("setup", "holds"), CASES.values(), ids=CASES)
def test_real(setup: str, holds: bool) -> None:
    require("torch", "peft")
    import torch
    from torch import nn

    namespace: dict[str, object] = {}
    exec(compile(program(setup), "adapter.py", "exec"), namespace)
    model, optimizer = namespace["model"], namespace["optimizer"]
    assert isinstance(model, nn.Module)
    assert isinstance(optimizer, torch.optim.Optimizer)
    held = {id(parameter) for group in optimizer.param_groups for parameter in group["params"]}
    adapter = [parameter for name, parameter in model.named_parameters() if "lora_" in name]
    assert adapter
    assert all(id(parameter) in held for parameter in adapter) == holds
    moved = [parameter for name, parameter in model.named_parameters() if "lora_B" in name and bool((parameter != 0).any())]
    assert bool(moved) == holds


@pytest.mark.parametrize(("setup", "holds"), CASES.values(), ids=CASES)
def test_rule(setup: str, holds: bool) -> None:
    from modelint.testing import check_source

    assert [diagnostic.code for diagnostic in check_source(program(setup), select=("ML206",))] == ([] if holds else ["ML206"])
