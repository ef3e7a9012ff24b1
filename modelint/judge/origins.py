"""Where the model of a finding is made: what the probe builds to look at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from modelint.events import (
    Cause,
    Event,
    Forward,
    FrozenForward,
    InferenceForward,
    Model,
    ModelCreated,
    ModuleBuilt,
    Site,
    TrainingStep,
)
from modelint.judge.context import Finding
from modelint.judge.rule import Rule

AT_PLACE = frozenset({"made-in-eval", "frozen"})
"""Premises about what is made at the place of the finding itself."""
OF_CLASS = frozenset({"eval-raises", "eval-is-partial", "eval-returns-no-self", "train-keeps-eval", "out-of-reach"})
"""Premises about objects of the class that the finding lies in."""


class Origins:
    """The places that the events of a program know."""

    def __init__(self, events: Iterable[Event], rules: Sequence[Rule]) -> None:
        self._premises = {rule.code: rule.premise for rule in rules}
        self._created: dict[str, tuple[Site, ...]] = {}
        self._calls: dict[Site, tuple[Site, ...]] = {}
        self._built: dict[Site, tuple[Site, ...]] = {}
        for event in events:
            for model in _models(event):
                if model.created is not None:
                    self._created.setdefault(model.key, (*model.calls, model.created))
            for cause in _causes(event):
                if cause.kind in ("created", "loaded"):
                    self._calls.setdefault(cause.site, cause.calls)
            if isinstance(event, ModuleBuilt):
                sites = [each.site for each in (event.train, *event.hidden) if each is not None]
                self._built.update(dict.fromkeys(sites, event.made or (event.site,)))

    def of(self, finding: Finding) -> tuple[Site, ...]:
        """The calls that lead to the place, outermost first, and the place; nothing if it is not known."""
        premise = finding.premise or self._premises.get(finding.code)
        if premise in OF_CLASS:
            return self._built.get(finding.site, ())
        if premise in AT_PLACE:
            return (*self._calls.get(finding.site, ()), finding.site)
        return self._created.get(finding.subject[0], ())


def _models(event: Event) -> Iterator[Model]:
    if isinstance(event, (TrainingStep, InferenceForward, FrozenForward)):
        yield from (forward.model for forward in _forwards(event))
    elif not hasattr(event, "model"):
        return
    else:
        yield event.model


def _causes(event: Event) -> Iterator[Cause]:
    layers = event.layers if isinstance(event, ModelCreated) else ()
    if isinstance(event, (TrainingStep, InferenceForward, FrozenForward)):
        layers = tuple(layer for forward in _forwards(event) for layer in (*forward.layers, *forward.kept))
    for layer in layers:
        yield from (cause for cause in (layer.train, layer.eval) if cause is not None)


def _forwards(event: TrainingStep | InferenceForward | FrozenForward) -> tuple[Forward, ...]:
    return event.forwards if isinstance(event, TrainingStep) else (event.forward,)
