"""ML105, ML108, ML201 and ML202."""

from __future__ import annotations

from dataclasses import replace

import pytest

from modelint.events import AdapterLoaded, FunctionalDropout, ModeMethodNotCalled, Saved
from tests.events import MODEL, caused, forward, layer, site, training


def test_mode_method_without_call(judged):
    [found] = judged(ModeMethodNotCalled(MODEL, "eval", "model.eval", site(7)))
    assert (found.code, found.span.row) == ("ML105", 7)
    assert found.message == "`model.eval` is not called: without parentheses it changes nothing"


@pytest.mark.parametrize("problem", ["default", "dropout_p", "built"])
def test_dropout_that_ignores_the_mode(judged, problem):
    [found] = judged(FunctionalDropout(site(7, "Net.forward"), "F.dropout", problem, "Net"))
    assert (found.code, found.span.row) == ("ML108", 7)
    assert found.message.startswith("`F.dropout` ignores the mode: ")
    assert len(found.message) <= 100


def test_same_dropout_seen_from_two_subclasses_is_one_finding(judged):
    events = [FunctionalDropout(site(7, "Base.forward"), "F.dropout", "default", name) for name in ("One", "Other")]
    assert len(judged(*events)) == 1


MOVED = layer("bn1", "batch_norm", train=caused("called", 4))


def saved(**more):
    values = {"contents": "adapter", "moved": (MOVED,), "named": (), "normalization_names": ("bn1",), **more}
    return Saved(MODEL, site(20), **values)


def test_adapter_save_without_moved_statistics(judged):
    [found] = judged(saved(moved_by=site(10)))
    assert (found.code, found.span.row) == ("ML201", 20)
    assert found.message == "`model` is saved without the BatchNorm statistics that training moved"
    assert [step.span.row for step in found.trace] == [4, 10, 20]
    assert 'name them: `modules_to_save=["bn1"]`' in found.notes


@pytest.mark.parametrize("right", [{"contents": "everything"}, {"moved": ()}, {"named": None}])
def test_adapter_save_that_leaves_nothing_out(judged, right):
    assert not judged(saved(**right))


def loaded(trainable):
    model = replace(MODEL, loader="peft.PeftModel.from_pretrained")
    return AdapterLoaded(model, site(3), trainable)


def test_frozen_adapter_that_is_trained(judged):
    [found] = judged(loaded(False), training(forward(layer(train=caused("called", 4)))))
    assert (found.code, found.span.row) == ("ML202", 3)
    assert found.message == "`model` is trained with a frozen adapter, as `PeftModel.from_pretrained` returned it"


@pytest.mark.parametrize("trainable", [True, None])
def test_adapter_that_may_be_trainable(judged, trainable):
    assert not judged(loaded(trainable), training(forward(layer(train=caused("called", 4)))))


def test_frozen_adapter_that_is_not_trained(judged):
    assert not judged(loaded(False))
