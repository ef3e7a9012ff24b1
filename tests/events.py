"""Events made by hand, for the tests of rules and of judging. A place is one line of a file called `train.py`."""

from __future__ import annotations

from typing import Any

from modelint.events import Cause, Forward, InferenceForward, LayerState, Model, Site, TrainingStep
from modelint.text.span import Span

MODEL = Model("model-1", "model", "Net", None)


def site(row: int, function: str = "main", path: str = "train.py", column: int = 5) -> Site:
    return Site(path, function, Span(row, column, row, column + 8))


def caused(kind: Any, row: int, function: str = "main", **more: Any) -> Cause:
    return Cause(kind, site(row, function), **more)


def layer(path: str = "drop", kind: Any = "dropout", **more: Any) -> LayerState:
    """A layer; its mode follows from the cause that is given."""
    mode = "both" if "train" in more and "eval" in more else "train" if "train" in more else "eval"
    return LayerState(path, kind, **{"mode": mode, **more})


def forward(*layers: LayerState, row: int = 10, model: Model = MODEL, **more: Any) -> Forward:
    place = more.pop("site", None) or site(row)
    return Forward(model, place, layers, **{"layers_known": "some" if layers else "none", **more})


def training(*forwards: Forward, **more: Any) -> TrainingStep:
    return TrainingStep(forwards, **{"backward": site(11), "step": site(12), **more})


def inference(looked_at: Forward, **more: Any) -> InferenceForward:
    return InferenceForward(looked_at, **{"reason": "no_grad", **more})
