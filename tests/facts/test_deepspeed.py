"""deepspeed's engine. `initialize` wants processes and a backend that talks between them, so the real engine is made without it: its
`train` and `eval` are the library's own. What `backward` and `step` do was read in the source of 0.19.8."""

from typing import Any

import pytest

from tests.facts.recorder import check_abstract, check_real, check_steps, programs, require

ENGINE = programs("""
import deepspeed
import torch
from torch import nn


def model():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


## an engine keeps the modes of its model
m = model().eval()
engine, *_ = deepspeed.initialize(model=m)
reveal_mode(m)  # reveals: self eval, dropout eval
reveal_mode(engine.module)  # reveals: self eval, dropout eval
## train and eval switch the model
m = model().eval()
engine, *_ = deepspeed.initialize(model=m)
engine.train()
reveal_mode(m)  # reveals: self train, dropout train
engine.eval()
reveal_mode(m)  # reveals: self eval, dropout eval
engine.train(False)
reveal_mode(m)  # reveals: self eval, dropout eval
## gathered parameters
m = model().eval()
with deepspeed.zero.GatheredParameters(m.parameters(), modifier_rank=None):
    reveal_mode(m)  # reveals: self eval, dropout eval
    m.train()
reveal_mode(m)  # reveals: self train, dropout train
""")

STEP = """
import torch
from deepspeed.ops.{module} import {cls}
from torch import nn

net = nn.Linear(4, 4)
opt = {cls}(net.parameters())
net(torch.rand(2, 4)).sum().backward()  # forward: a
opt.step()  # step: a
"""


@pytest.mark.parametrize("name", ENGINE)
def test_real(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    require("deepspeed")
    import deepspeed

    monkeypatch.setattr(deepspeed, "initialize", _engine_without_processes)
    check_real(ENGINE[name], "deepspeed")


def _engine_without_processes(model: Any) -> tuple[Any, None, None, None]:
    from deepspeed.runtime.engine import DeepSpeedEngine
    from torch import nn

    engine = object.__new__(DeepSpeedEngine)
    nn.Module.__init__(engine)
    engine.module = model
    return engine, None, None, None


def test_an_engine_returns_nothing_and_keeps_its_own_flag() -> None:
    require("deepspeed")
    from torch import nn

    engine, *_ = _engine_without_processes(nn.Linear(2, 2))
    assert engine.eval() is None
    assert engine.training
    assert not engine.module.training


OPTIMIZERS = [
    "adam.DeepSpeedCPUAdam",
    "adam.FusedAdam",
    "adagrad.DeepSpeedCPUAdagrad",
    "lamb.FusedLamb",
    "lion.DeepSpeedCPULion",
]


@pytest.mark.parametrize("name", [*OPTIMIZERS, "lion.FusedLion"])
def test_an_operator_is_an_optimizer(name: str) -> None:
    """They cannot be made here: they compile a kernel or want a GPU."""
    require("deepspeed")
    import importlib

    from torch.optim import Optimizer

    module, _, cls = name.partition(".")
    real = getattr(importlib.import_module(f"deepspeed.ops.{module}"), cls)
    assert issubclass(real, Optimizer)
    check_steps(STEP.format(module=module, cls=cls), real=False)


@pytest.mark.parametrize("name", ENGINE)
def test_abstract(name: str) -> None:
    check_abstract(ENGINE[name])
