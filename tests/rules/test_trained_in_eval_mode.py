"""ML101, ML102 and ML103: a training step meets layers in eval mode."""

from __future__ import annotations

import pytest

from modelint.diagnostics.diagnostic import Confidence
from tests.events import caused, forward, layer, site, training

LOADED = caused("loaded", 3, by="transformers.BertModel.from_pretrained")
LEFT = caused("called", 30, "evaluate", calls=(site(20),))
FIT = "lightning.pytorch.Trainer.fit"


def codes(diagnostics):
    return [diagnostic.code for diagnostic in diagnostics]


class TestSilent:
    def test_layers_in_train_mode(self, judged):
        assert not judged(training(forward(layer(train=caused("called", 4)))))

    def test_model_without_sensitive_layers(self, judged):
        assert not judged(training(forward(layer(eval=LOADED), layers_known="none")))

    def test_layers_whose_mode_is_meant(self, judged):
        assert not judged(training(forward(layer(eval=LOADED, intended=True))))

    def test_unknown_mode(self, judged):
        assert not judged(training(forward(layer(eval=LOADED, mode="unknown"))))

    def test_path_that_only_an_exception_takes(self, judged):
        assert not judged(training(forward(layer(eval=LOADED), feasible=False)))

    def test_trainers_that_set_the_mode(self, judged):
        assert not judged(training(forward(layer(eval=LOADED)), trainer="transformers.Trainer.train"))


def test_mode_of_loading_is_ML101_at_the_loader(judged):
    [found] = judged(training(forward(layer(eval=LOADED))))
    assert (found.code, found.span.row, found.confidence) == ("ML101", 3, Confidence.CERTAIN)
    assert found.message == "`model` is trained in eval mode, as `BertModel.from_pretrained` returned it"
    assert [step.span.row for step in found.trace] == [3, 10, 11, 12]


def test_mode_of_creation_is_ML101_at_the_constructor(judged):
    [found] = judged(training(forward(layer(eval=caused("created", 4)))))
    assert (found.code, found.span.row) == ("ML101", 4)
    assert found.message == "`model` is trained in eval mode, as its constructor left it"


@pytest.mark.parametrize("trainer", [FIT, "pytorch_lightning.Trainer.fit"])
def test_lightning_makes_it_ML102(judged, trainer):
    [found] = judged(
        training(forward(layer("bert.drop", eval=LOADED), layer("head", train=caused("created", 5))), trainer=trainer)
    )
    assert (found.code, found.span.row) == ("ML102", 3)
    assert found.message.startswith("`model.bert.drop` is trained by Lightning in eval mode")
    assert found.trace[-1].message == "`Trainer.fit` trains it here"


def test_mode_of_an_evaluation_is_ML103_at_the_forward(judged):
    [found] = judged(training(forward(layer(eval=LEFT), iteration="later")))
    assert (found.code, found.span.row) == ("ML103", 10)
    assert found.message == "`model` is trained in the eval mode that `evaluate` leaves behind"
    assert [step.message for step in found.trace] == [
        "calls `evaluate`",
        "set to eval mode here",
        "in a later iteration, forward pass in eval mode",
        "backward goes through it here",
        "the optimizer steps on it here",
    ]


def test_mode_of_a_library_call_is_ML103_and_named(judged):
    [found] = judged(training(forward(layer(eval=caused("library", 9, by="gliner.GLiNER.predict_entities")))))
    assert found.message == "`model` is trained in the eval mode that `GLiNER.predict_entities` leaves behind"


def test_eval_in_the_same_function_is_not_named_after_it(judged):
    [found] = judged(training(forward(layer(eval=caused("called", 9)))))
    assert found.message == "`model` is trained in the eval mode that an earlier `eval()` sets"


def test_recurrent_layer_beside_dropout_is_told_in_a_note(judged):
    [found] = judged(training(forward(layer(eval=LOADED), layer("lstm", "rnn", eval=LOADED))))
    assert "on a GPU, cuDNN raises in the backward of a recurrent layer in eval mode: `lstm`" in found.notes


def test_recurrent_layers_alone_are_ML107_at_the_forward(judged):
    [found] = judged(training(forward(layer("lstm", "rnn", eval=LEFT))))
    assert (found.code, found.span.row, found.confidence) == ("ML107", 10, Confidence.CERTAIN)
    assert found.message == "`model` is recurrent and trained in eval mode, where cuDNN's backward raises"


def test_recurrent_layers_that_may_not_be_there_are_not_ML107(judged):
    assert not judged(training(forward(layer("lstm", "rnn", eval=LEFT), layers_known="unknown")))


def test_loading_speaks_before_the_evaluation_that_repeats_it(judged):
    first = training(forward(layer(eval=LOADED), iteration="first"))
    later = training(forward(layer(eval=LEFT), iteration="later"))
    assert codes(judged(first, later)) == ["ML101"]


class TestConfidence:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"layers_known": "unknown"},
            {"concrete": False},
        ],
    )
    def test_doubt_about_the_forward(self, judged, wrong):
        [found] = judged(training(forward(layer(eval=LOADED), **wrong)))
        assert found.confidence is Confidence.LIKELY

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": "unknown", "eval": LOADED},
            {"certain": False, "eval": LOADED},
            {"eval": LOADED, "train": caused("called", 4)},
        ],
    )
    def test_doubt_about_the_layer(self, judged, wrong):
        [found] = judged(training(forward(layer(**wrong))))
        assert found.confidence is Confidence.LIKELY

    def test_doubt_about_the_optimizer(self, judged):
        [found] = judged(training(forward(layer(eval=LOADED)), owned=False))
        assert found.confidence is Confidence.LIKELY
