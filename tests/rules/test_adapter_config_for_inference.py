"""ML203."""

from __future__ import annotations

from dataclasses import replace

import pytest

from modelint.events import AdapterAttached, AdapterLoaded
from tests.events import MODEL, caused, forward, layer, site, training

FROZEN = AdapterAttached(MODEL, site(5), (("r", 8), ("inference_mode", True)), site(4))
STEP = training(forward(layer(train=caused("called", 6))))


def test_adapter_for_inference_that_is_trained(judged):
    [found] = judged(FROZEN, STEP)
    assert (found.code, found.span.row) == ("ML203", 4)
    assert found.message == "`model` is trained with an adapter that `inference_mode=True` freezes"
    assert [step.span.row for step in found.trace] == [4, 5, 10, 11, 12]


def test_configuration_from_elsewhere_is_reported_where_it_is_used(judged):
    [found] = judged(replace(FROZEN, configured=None), STEP)
    assert found.span.row == 5


@pytest.mark.parametrize("config", [(), (("inference_mode", False),), (("r", 8),)])
def test_adapter_for_training(judged, config):
    assert not judged(replace(FROZEN, config=config), STEP)


def test_adapter_for_inference_that_is_not_trained(judged):
    assert not judged(FROZEN)


@pytest.mark.parametrize("trainable", [True, None])
def test_adapter_that_something_makes_trainable(judged, trainable):
    assert not judged(FROZEN, AdapterLoaded(MODEL, site(6), trainable), STEP)


def test_adapter_beside_a_trainable_one(judged):
    assert not judged(FROZEN, replace(FROZEN, config=()), STEP)


def test_program_that_unfreezes_by_itself(judged):
    assert not judged(FROZEN, training(forward(layer(train=caused("called", 6)), model=replace(MODEL, unfrozen=True))))
