"""ML205."""

from __future__ import annotations

from dataclasses import replace

import pytest

from modelint.diagnostics.diagnostic import Confidence
from modelint.events import Saved
from tests.events import MODEL, caused, layer, site

MOVED = layer("bn1", "batch_norm", train=caused("called", 4))
BARE = Saved(MODEL, site(20), "parameters", (MOVED,))


def test_save_of_parameters_alone(judged):
    [found] = judged(BARE)
    assert (found.code, found.span.row, found.confidence) == ("ML205", 20, Confidence.CERTAIN)
    assert found.message == "`model` is saved without its BatchNorm statistics, which training moved"
    assert found.notes[0] == "1 BatchNorm layer is left out: `named_parameters()` gives no buffers"


@pytest.mark.parametrize("right", [{"contents": "everything"}, {"moved": ()}, {"moved": (replace(MOVED, kind="dropout"),)}])
def test_save_that_leaves_nothing_out(judged, right):
    assert not judged(replace(BARE, **right))


def test_program_that_saves_the_model_whole_too(judged):
    assert not judged(BARE, Saved(MODEL, site(21), "everything"))


def test_another_model_that_is_saved_whole(judged):
    [found] = judged(BARE, Saved(replace(MODEL, key="model-2"), site(21), "everything"))
    assert found.code == "ML205"


def test_doubted_layer_is_likely(judged):
    [found] = judged(replace(BARE, moved=(replace(MOVED, certain=False),)))
    assert found.confidence is Confidence.LIKELY
