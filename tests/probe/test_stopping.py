"""When a run has shown enough: N training steps, an inference, and what comes after it."""

from __future__ import annotations

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
