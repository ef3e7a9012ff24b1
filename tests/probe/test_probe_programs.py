"""Whole programs run under the probe: by hand, through frameworks, in several processes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from modelint.config.schema import Config
from modelint.diagnostics.diagnostic import Verdict
from modelint.engine.probing import against
from modelint.testing import check_files, mismatches
from tests.facts.recorder import require
from tests.probe.conftest import PROGRAMS, ROOT, Probe, check

LAUNCH = ("--nproc-per-node", "2", "--master-port", "29513", "SCRIPT")


@pytest.mark.parametrize(
    ("name", "libraries"),
    [
        ("workers", ()),
        ("compiled", ()),
        ("hugging_face_trainer", ("transformers", "accelerate")),
        ("accelerated", ("accelerate", "transformers")),
        ("functional_dropouts", ()),
        ("adapters", ("peft",)),
        ("saved_parameters", ()),
        ("frozen_parts", ()),
        ("meant_for_training", ()),
        ("mode_methods", ()),
        ("classes", ()),
        ("unheeded_overrides", ()),
        ("spawned", ()),
    ],
)
def test_findings(probe: Probe, name: str, libraries: tuple[str, ...]) -> None:
    """The run and the source say the same, and the run confirms each finding in the source."""
    require("torch", *libraries)
    path = PROGRAMS / f"{name}.py"
    probed = probe(path)
    check(probed, path.read_text())
    config = Config(root=str(PROGRAMS))
    static = check_files([str(path)], config).diagnostics
    assert mismatches(path.read_text(), static) == []
    assert {each.span for each in probed.report.diagnostics} >= {each.span for each in static if each.code == "ML110"}
    verdicts = [each.probe.verdict for each in against(static, probed, config).diagnostics if each.probe is not None]
    assert verdicts == [Verdict.CONFIRMED] * len(static)


def test_an_override_that_a_trainer_does_not_call(probe: Probe) -> None:
    """Its parts run by themselves: the module that holds them does not."""
    require("lightning")
    path = ROOT / "fixtures/ML110/lightning_never_calls.py"
    check(probe(path), path.read_text())


def test_processes_of_a_launcher(probe: Probe) -> None:
    path = PROGRAMS / "distributed.py"
    probed = probe(path, *LAUNCH, module="torch.distributed.run")
    check(probed, path.read_text())
    assert {row.rank for row in probed.timeline} == {0, 1}
    assert probed.steps == 6


REFUSED = """
import torch
from torch import nn


class Refusing(torch.autograd.Function):
    @staticmethod
    def forward(context, x):
        return x.clone()

    @staticmethod
    def backward(context, gradient):
        raise RuntimeError("cudnn RNN backward can only be called in training mode")


class Recurrent(nn.LSTM):
    def forward(self, x):
        output = super().forward(x)[0]
        return output if self.training else Refusing.apply(output)


def evaluate(model):
    model.eval()
    with torch.no_grad():
        print(model(torch.randn(2, 4, 8)).mean().item())


model = Recurrent(8, 8)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(2):
    evaluate(model)
    optimizer.zero_grad()
    model(torch.randn(2, 4, 8)).mean().backward()  # expect: ML107
    optimizer.step()
"""


def test_a_step_that_cudnn_refuses(probe: Probe) -> None:
    """What it says on a GPU, said here by a function of the program. No step is taken, and the finding is confirmed all the same."""
    probed = probe(REFUSED)
    assert (probed.steps, probed.report.counters["problems of the probe"]) == (0, 0)
    [cut_short] = [each for each in probed.report.diagnostics if not each.code]
    assert "cudnn RNN backward can only be called in training mode" in cut_short.message
    assert mismatches(REFUSED, [each for each in probed.report.diagnostics if each.code]) == []


SAME = "same_results compiled functional_dropouts workers mode_methods classes unheeded_overrides".split()


@pytest.mark.parametrize("name", SAME)
def test_results_are_the_same(probe: Probe, name: str) -> None:
    path = PROGRAMS / f"{name}.py"
    alone = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=True).stdout
    probed = probe(path)
    check(probed, path.read_text())
    assert probed.steps
    assert probe.output == alone


FUNCTIONAL = """
import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5), nn.Linear(4, 2))
weights = dict(model.named_parameters())
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(2):
    torch.func.functional_call(model, weights, torch.randn(2, 4)).sum().backward()
    optimizer.step()
with torch.no_grad():
    torch.func.functional_call(model, weights, torch.randn(2, 4))
    shown = torch.func.functional_call(model, weights, torch.randn(2, 4)).argmax(1)  # expect: ML104 "`Sequential` infers"
"""


def test_a_function_that_takes_a_model_is_no_method_of_it(probe: Probe) -> None:
    """Who calls it need not want an inference, and its name is not the model's."""
    check(probe(FUNCTIONAL), FUNCTIONAL)


LAZY = """
import torch
from torch import nn

model = nn.Sequential(nn.LazyLinear(4), nn.LazyBatchNorm1d(), nn.Dropout(0.5), nn.LazyLinear(2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(2):
    optimizer.zero_grad()
    model(torch.randn(2, 4)).sum().backward()  # expect: ML103
    optimizer.step()
    model.eval()
    with torch.no_grad():
        print(model(torch.randn(2, 4)).argmax(1))
torch.save({name: value for name, value in model.named_parameters()}, "weights.pt")

resting = nn.LazyBatchNorm1d().eval()
resting(torch.randn(2, 4)).sum().backward()
torch.optim.SGD(resting.parameters(), lr=0.1).step()
torch.save(dict(resting.named_parameters()), "resting.pt")  # nothing moves in eval mode
"""


def test_layers_that_are_made_by_their_first_forward(probe: Probe) -> None:
    check(probe(LAZY), LAZY)
