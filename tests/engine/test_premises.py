"""What a look at a model says of a finding: confirmed, refuted, or neither, by premise."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from modelint.diagnostics.diagnostic import Premise, Verdict
from modelint.engine.premises import verdict
from modelint.probe.examine import AdapterFacts, Evaluated, Facts, Hidden, SeenLayer

DROPOUT = SeenLayer("drop", "dropout", True, "p=0.1")
RESTING = SeenLayer("drop", "dropout", False, "p=0.1")
NORM = SeenLayer("norm", "batch_norm", True, "momentum=0.1")
RNN = SeenLayer("rnn", "rnn", True, "dropout=0")
SEEN = Facts(stage="done", device="cpu", class_name="Net", layers=(DROPOUT,), parameters=10, trainable=10)
CONFIRMED, REFUTED, INCONCLUSIVE = Verdict.PREMISES_CONFIRMED, Verdict.REFUTED, Verdict.INCONCLUSIVE


@pytest.mark.parametrize(
    ("premise", "changes", "expected"),
    [
        ("sensitive", {}, CONFIRMED),
        ("sensitive", {"layers": ()}, REFUTED),
        ("sensitive", {"layers": (RNN,)}, REFUTED),
        # An adapter begins at zero: equal outputs refute nothing.
        ("sensitive", {"differences": {"train": 0.0, "eval": 0.0, "between": 0.0}}, CONFIRMED),
        ("sensitive", {"layers": None, "error": "OSError: no such file"}, INCONCLUSIVE),
        ("made-in-eval", {"layers": (RESTING,)}, CONFIRMED),
        ("made-in-eval", {"layers": (RESTING, NORM)}, CONFIRMED),
        ("made-in-eval", {}, REFUTED),
        ("made-in-eval", {"layers": ()}, REFUTED),
        ("made-in-eval", {"device": "meta"}, CONFIRMED),
        ("recurrent", {}, REFUTED),
        ("recurrent", {"layers": (RNN,)}, CONFIRMED),
        ("recurrent", {"layers": (RNN,), "device": "cuda", "backward": "cudnn RNN backward"}, CONFIRMED),
        ("recurrent", {"layers": (RNN,), "device": "cuda", "backward": ""}, REFUTED),
        ("recurrent", {"layers": (RNN,), "device": "cuda", "inputs": "no inputs are known for it"}, INCONCLUSIVE),
        ("moving", {}, REFUTED),
        ("moving", {"layers": (NORM,)}, INCONCLUSIVE),
        ("moving", {"layers": (NORM,), "moved": ()}, REFUTED),
        ("moving", {"layers": (NORM,), "moved": ("norm",)}, CONFIRMED),
        ("statistics", {}, REFUTED),
        ("statistics", {"layers": (NORM,)}, INCONCLUSIVE),
        ("statistics", {"layers": (NORM,), "adapter": AdapterFacts((), 0.0, ())}, REFUTED),
        ("statistics", {"layers": (NORM,), "adapter": AdapterFacts(("norm",), 0.2, ("norm",), 0.0)}, CONFIRMED),
        ("frozen", {}, REFUTED),
        ("frozen", {"trainable": 0}, CONFIRMED),
        ("eval-raises", {}, INCONCLUSIVE),
        ("eval-raises", {"evaluated": Evaluated()}, REFUTED),
        ("eval-raises", {"evaluated": Evaluated(raised="TypeError: no mode")}, CONFIRMED),
        ("eval-is-partial", {}, INCONCLUSIVE),
        ("eval-is-partial", {"evaluated": Evaluated(raised="TypeError: no mode")}, INCONCLUSIVE),
        ("eval-is-partial", {"evaluated": Evaluated()}, REFUTED),
        ("eval-is-partial", {"evaluated": Evaluated(own=True)}, CONFIRMED),
        ("eval-is-partial", {"evaluated": Evaluated(live=("drop",))}, CONFIRMED),
        ("eval-returns-no-self", {}, INCONCLUSIVE),
        ("eval-returns-no-self", {"evaluated": Evaluated(raised="TypeError: no mode")}, INCONCLUSIVE),
        ("eval-returns-no-self", {"evaluated": Evaluated()}, REFUTED),
        ("eval-returns-no-self", {"evaluated": Evaluated(returned="None")}, CONFIRMED),
        ("train-keeps-eval", {}, INCONCLUSIVE),
        ("train-keeps-eval", {"kept": ()}, REFUTED),
        ("train-keeps-eval", {"kept": ("norm",)}, CONFIRMED),
        ("out-of-reach", {}, INCONCLUSIVE),
        ("out-of-reach", {"hidden": Hidden(attribute="layers", kind="ModuleList", held=0)}, REFUTED),
        ("out-of-reach", {"hidden": Hidden(attribute="layers", kind="list", held=2)}, REFUTED),
        ("out-of-reach", {"hidden": Hidden(attribute="layers", kind="list", held=2, missed=1)}, CONFIRMED),
        ("", {}, INCONCLUSIVE),
    ],
)
def test_verdicts(premise: Premise, changes: dict[str, object], expected: Verdict) -> None:
    stopped = {"error": "stopped after 120 seconds", "stage": "switching its mode"} if expected is INCONCLUSIVE else {}
    result = verdict(premise, replace(SEEN, **{**stopped, **changes}))
    assert result.verdict is expected
    assert all(result.details)


@pytest.mark.parametrize(
    ("backward", "said"),
    [
        (None, "a backward in eval mode was not tried here, cuDNN raises on a GPU"),
        ("", "a backward in eval mode works here, cuDNN raises on a GPU"),
        ("no kernel", "a backward in eval mode raises here: no kernel, cuDNN raises on a GPU"),
    ],
)
def test_recurrent_layers_on_the_cpu(backward: str | None, said: str) -> None:
    assert verdict("recurrent", replace(SEEN, layers=(RNN,), device="cpu", backward=backward)).details[-1] == said


def test_details_name_layers_and_numbers() -> None:
    many = tuple(SeenLayer(f"block.{number}", "dropout", True, "p=0.1") for number in range(5))
    facts = replace(SEEN, layers=many, differences={"train": 0.5, "eval": 0.0, "between": 0.25})
    assert verdict("sensitive", facts).details == (
        "5 dropout layers: `block.0` (p=0.1), `block.1` (p=0.1) and 3 more",
        "two forwards in train mode differ by 0.5, two in eval mode by 0, one in each by 0.25",
    )
    facts = replace(SEEN, layers=(RESTING, NORM), training=True)
    assert verdict("made-in-eval", facts).details[-1] == "made in train mode, with 1 of 2 layers in eval mode"
    facts = replace(SEEN, layers=(NORM,), adapter=AdapterFacts(("a.norm",), 0.25, ("head", "norm"), 0.0))
    assert verdict("statistics", facts).details == (
        "one training step moves `a.norm`",
        "after saving and loading, outputs differ by 0.25",
        'with `modules_to_save=["head", "norm"]` by 0',
    )
    facts = replace(SEEN, evaluated=Evaluated(own=True, live=("a", "b", "c", "d")))
    assert verdict("eval-is-partial", facts).details == (
        "in train mode after `eval()`: the object itself and `a`, `b`, `c` and 1 more",
    )
    facts = replace(SEEN, hidden=Hidden(attribute="layers", kind="list", held=3, missed=2, parameters=40, live=2))
    assert verdict("out-of-reach", facts).details == (
        "2 of 3 modules in the list `layers` are no parts of `Net`",
        "`parameters()` leaves out 40 weights",
        "`eval()` leaves 2 of their layers in train mode",
    )
