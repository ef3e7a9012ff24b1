"""Filtered state dicts: which saves of a model hold its BatchNorm statistics, and which of them the analysis says that do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.facts.recorder import require

PROGRAM = """
from collections import OrderedDict
import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    model(torch.randn(4, 4)).sum().backward()
    optimizer.step()
{save}
"""
CASES = {
    "state dict": ('torch.save(model.state_dict(), "m.pt")', "everything"),
    "in a dict": ('torch.save({"model": model.state_dict(), "epoch": 1}, "m.pt")', "everything"),
    "whole model": ('torch.save(model, "m.pt")', "everything"),
    "on the cpu": ('torch.save({name: value.cpu() for name, value in model.state_dict().items()}, "m.pt")', "everything"),
    "named parameters": ('torch.save(dict(model.named_parameters()), "m.pt")', "parameters"),
    "comprehension": ('torch.save({name: value for name, value in model.named_parameters()}, "m.pt")', "parameters"),
    "trainable": (
        'torch.save({name: value.detach().cpu() for name, value in model.named_parameters() if value.requires_grad}, "m.pt")',
        "parameters",
    ),
    "data": (
        'torch.save({"model": {name: value.data.clone() for name, value in model.named_parameters()}, "epoch": 1}, "m.pt")',
        "parameters",
    ),
    "loop": (
        'weights = OrderedDict()\nfor name, value in model.named_parameters():\n    weights[name] = value.data\ntorch.save(weights, "m.pt")',
        "parameters",
    ),
    "buffers too": ('torch.save({**dict(model.named_parameters()), **dict(model.named_buffers())}, "m.pt")', "everything"),
    "updated": (
        'weights = dict(model.named_parameters())\nweights.update(model.named_buffers())\ntorch.save(weights, "m.pt")',
        "everything",
    ),
    "safetensors": (
        'from safetensors.torch import save_file\nsave_file({name: value.detach() for name, value in model.named_parameters()}, "m.safetensors")',
        "parameters",
    ),
    "safetensors, all": (
        'from safetensors.torch import save_file\nsave_file(model.state_dict(), "m.safetensors")',
        "everything",
    ),
    "safetensors, model": ('from safetensors.torch import save_model\nsave_model(model, "m.safetensors")', "everything"),
    "accelerate": (
        'from accelerate import Accelerator\nAccelerator().save({name: value.data for name, value in model.named_parameters()}, "m.pt")',
        "parameters",
    ),
    "gradients": ('torch.save({name: value.grad for name, value in model.named_parameters()}, "m.pt")', None),
}


@pytest.mark.parametrize(("save", "claim"), CASES.values(), ids=CASES)
def test_real(save: str, claim: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require("torch", "safetensors", "accelerate")
    import torch
    from safetensors.torch import load_file

    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {}
    exec(compile(PROGRAM.format(save=save), "save.py", "exec"), namespace)
    [path] = tmp_path.iterdir()
    loaded = load_file(path) if path.suffix == ".safetensors" else torch.load(path, weights_only=False)
    if isinstance(loaded, dict) and "model" in loaded:
        loaded = loaded["model"]
    held = loaded.state_dict() if hasattr(loaded, "state_dict") else loaded
    assert ("1.running_mean" in held) == (claim == "everything")
    model = namespace["model"]
    assert isinstance(model, torch.nn.Module)
    assert claim is None or all(torch.equal(held[name].detach(), value.detach()) for name, value in model.named_parameters())


@pytest.mark.parametrize(("save", "claim"), CASES.values(), ids=CASES)
def test_abstract(save: str, claim: str | None) -> None:
    from modelint.events import Saved
    from modelint.testing import events

    saved = [event for event in events(PROGRAM.format(save=save)) if isinstance(event, Saved)]
    assert {event.contents for event in saved} == ({claim} if claim else set())
    moved = {bool(event.moved) for event in saved if event.contents == "parameters"}
    assert moved <= {True}
    assert all(re.fullmatch("model|", event.model.text) for event in saved)
