"""ML104 and ML106: a forward whose output is only looked at meets layers in train mode."""

from __future__ import annotations

from dataclasses import replace

import pytest

from modelint.diagnostics.diagnostic import Confidence
from tests.events import MODEL, caused, forward, inference, layer

CREATED = caused("created", 2)
ADAPTED = replace(MODEL, adapter=True)


class TestSilent:
    def test_layers_in_eval_mode(self, judged):
        assert not judged(inference(forward(layer(eval=caused("called", 4)))))

    def test_layers_whose_mode_is_meant(self, judged):
        assert not judged(inference(forward(layer(train=CREATED, intended=True))))

    def test_recurrent_layers_alone(self, judged):
        assert not judged(inference(forward(layer("lstm", "rnn", train=CREATED))))

    def test_unknown_mode(self, judged):
        assert not judged(inference(forward(layer(train=CREATED, mode="unknown"))))


def test_dropout_and_batch_norm(judged):
    [found] = judged(inference(forward(layer(train=CREATED), layer("norm", "batch_norm", train=CREATED))))
    assert (found.code, found.span.row, found.confidence) == ("ML104", 10, Confidence.CERTAIN)
    assert found.message == "`model` infers in train mode: dropout is active and BatchNorm normalises by the batch"
    assert found.notes[-1] == "call `model.eval()` before it"


def test_one_part_of_the_model(judged):
    encoder = [layer("encoder.drop", train=CREATED), layer("encoder.norm", "batch_norm", train=CREATED)]
    [found] = judged(inference(forward(*encoder, layer("head.drop", eval=caused("called", 3)))))
    assert found.message.startswith("`model.encoder` infers in train mode")


def test_parts_without_a_common_root_are_the_model_partly(judged):
    wrong = [layer("a.drop", train=CREATED), layer("b.drop", train=CREATED)]
    [found] = judged(inference(forward(*wrong, layer("c.drop", eval=caused("called", 3)))))
    assert found.message.startswith("`model` infers partly in train mode")


def test_adapter_is_ML106(judged):
    [found] = judged(inference(forward(layer(train=CREATED), model=ADAPTED, method="generate"), reason="inference_call"))
    assert (found.code, found.span.row) == ("ML106", 10)
    assert found.message == "`model` infers with its adapter in train mode: dropout is active"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [({"layers_known": "unknown"}, "no_grad"), ({"concrete": False}, "no_grad"), ({}, "returned_without_gradients")],
)
def test_doubt_makes_it_likely(judged, changed, reason):
    [found] = judged(inference(forward(layer(train=CREATED), **changed), reason=reason))
    assert found.confidence is Confidence.LIKELY


def test_further_forwards_in_one_function_are_counted(judged):
    events = [inference(forward(layer(train=CREATED), row=row)) for row in (10, 14, 18)]
    [found] = judged(*events)
    assert found.message.endswith("(and 2 more)")
    assert [step.span.row for step in found.trace] == [2, 10, 14, 18]


def test_right_callers_are_counted(judged):
    from tests.events import site

    wrong = inference(forward(layer(train=CREATED), calls=(site(40),)))
    right = inference(forward(layer(eval=caused("called", 3)), calls=(site(50),)))
    [found] = judged(wrong, right)
    assert "1 other call is right" in found.notes
