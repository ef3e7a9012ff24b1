"""ML204."""

from __future__ import annotations

from dataclasses import replace

import pytest

from modelint.events import AdapterAttached, NewPart, Saved
from tests.events import MODEL, site

HEAD = NewPart("base_model.model.head", site(4), ("torch.nn.modules.linear.Linear",), (MODEL.key, "base", "head"))
SAVE = Saved(MODEL, site(20), "adapter", new=(HEAD,))


def test_head_that_the_save_leaves_out(judged):
    [found] = judged(AdapterAttached(MODEL, site(6), ()), SAVE)
    assert (found.code, found.span.row) == ("ML204", 20)
    assert found.message == "`model` is saved without its new part `head`"
    assert [step.span.row for step in found.trace] == [4, 6, 20]
    assert found.notes == ('name it: `modules_to_save=["head"]`',)


@pytest.mark.parametrize(
    "right",
    [
        {"new": ()},
        {"contents": "everything"},
        {"new": (replace(HEAD, classes=("torch.nn.modules.activation.ReLU", "net.Head")),)},
    ],
)
def test_save_that_leaves_no_head_out(judged, right):
    assert not judged(replace(SAVE, **right))


@pytest.mark.parametrize("key", HEAD.keys)
def test_head_that_is_saved_otherwise(judged, key):
    assert not judged(SAVE, Saved(replace(MODEL, key=key), site(21), "everything"))


def test_heads_of_one_save_are_one_finding(judged):
    [found] = judged(replace(SAVE, new=(HEAD, replace(HEAD, path="base_model.model.box_head"))))
    assert found.message == "`model` is saved without its new parts `head`, `box_head`"
    assert found.notes == ('name them: `modules_to_save=["head", "box_head"]`',)
