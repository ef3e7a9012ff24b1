"""When a run has shown enough: N training steps, an inference, and what comes after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelint.cli.probe import _memory
from modelint.probe import parent
from tests.probe.conftest import Probe

EPOCHS = """
import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5), nn.Linear(4, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def evaluate():
    model.eval()
    with torch.no_grad():
        for _ in range({evaluations}):
            print(model(torch.randn(2, 4)).argmax(1).tolist())


for epoch in range(1000):
    model.train()
    for step in range({steps}):
        loss = model(torch.randn(2, 4)).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    evaluate()
print("the end")
"""


def test_goes_on_until_something_was_inferred(probe: Probe) -> None:
    probed = probe(EPOCHS.format(steps=30, evaluations=2), steps=5)
    assert (probed.steps, probed.report.counters["inference forwards seen"]) == (31, 2)
    assert "the end" not in probe.output


def test_stops_at_the_step_after_an_inference(probe: Probe) -> None:
    probed = probe(EPOCHS.format(steps=3, evaluations=1), steps=8)
    assert (probed.steps, probed.report.counters["inference forwards seen"]) == (8, 2)
    assert probed.report.exit_code == 0


def test_does_not_wait_for_the_end_of_an_evaluation(probe: Probe) -> None:
    probed = probe(EPOCHS.format(steps=5, evaluations=10_000), steps=4)
    assert (probed.steps, probed.report.counters["inference forwards seen"]) == (5, 4)


WAITS = """
import os, time, torch

model = torch.nn.Linear(2, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model(torch.ones(1, 2)).sum().backward()
optimizer.step()
while not os.path.exists({path!r}):
    time.sleep(0.05)
"""


def test_says_what_was_seen_while_it_waits(probe: Probe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parent, "TELL_SECONDS", 0.0)
    told: list[tuple[int, int]] = []

    def waiting(seconds: float, steps: int, inferences: int) -> None:
        told.append((steps, inferences))
        if steps:
            (tmp_path / "go").touch()

    assert probe(WAITS.format(path=str(tmp_path / "go")), waiting=waiting).report.diagnostics == ()
    assert (told[0], told[-1]) == ((0, 0), (1, 0))


def test_memory_if_nothing_is_said() -> None:
    assert (_memory(2.5), _memory(0.0)) == (2.5, None)
    total = next(line.split()[1] for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    assert 0 < (_memory(None) or 0) * 1e9 < int(total) * 1024
