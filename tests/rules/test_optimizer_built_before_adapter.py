"""ML206."""

from __future__ import annotations

from dataclasses import replace

from modelint.diagnostics.diagnostic import Confidence
from modelint.events import OutdatedStep
from tests.events import MODEL, site

STEP = OutdatedStep(MODEL, site(3), site(5), site(12))


def test_step_of_an_optimizer_from_before(judged):
    [found] = judged(STEP)
    assert (found.code, found.span.row, found.confidence) == ("ML206", 3, Confidence.CERTAIN)
    assert [step.span.row for step in found.trace] == [3, 5, 12]


def test_further_steps_are_the_same_finding(judged):
    [found] = judged(STEP, replace(STEP, site=site(20)))
    assert found.message.endswith("(and 1 more)")


def test_assumed_call_is_likely(judged):
    [found] = judged(replace(STEP, concrete=False))
    assert found.confidence is Confidence.LIKELY
