"""Runs every rule over every event and keeps what they say, together with the contexts in which all is well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from modelint.events import (
    AdapterAttached,
    AdapterLoaded,
    Event,
    Forward,
    FrozenForward,
    InferenceForward,
    Iteration,
    ModelCreated,
    ModeMethodNotCalled,
    Saved,
    Site,
    TrainingStep,
)
from modelint.judge.context import Finding, RuleContext
from modelint.judge.rule import Rule


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that raised, at which event."""

    code: str
    error: str
    site: Site


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the rules said. `right` counts, by code and place of a forward, the contexts that were looked at and are right."""

    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...]
    right: Mapping[tuple[str, Site], int]


def dispatch(events: Iterable[Event], rules: Sequence[Rule]) -> Verdicts:
    """Every rule's findings about these events, in the order of rules and events."""
    judged = _without_assumed_duplicates(list(events))
    about = _by_model(judged)
    findings: list[Finding] = []
    failures: list[Failure] = []
    right = _Contexts()
    for rule in rules:
        context = RuleContext(rule.code, about)
        for kind, check in rule.checks:
            for event in judged:
                if type(event) is not kind:
                    continue
                try:
                    said = list(check(event, context))
                except Exception as error:
                    # A rule pack is other people's code: one that raises costs its own findings and no others.
                    failures.append(Failure(rule.code, f"{type(error).__name__}: {error}", site_of(event)))
                    continue
                findings.extend(said)
                right.judged(rule.code, event, said)
    mixed = right.mixed()
    told = (replace(each, certain=False) if id(each) in mixed else each for each in findings)
    return Verdicts(tuple(told), tuple(failures), right.counts())


Context: TypeAlias = tuple[str, Site, tuple[Site, ...]]
"""A rule, the place of a forward, and the chain of calls that leads there."""


class _Contexts:
    """The chains of calls that lead to each forward, by what a rule says of them. A chain is right if it is so in every
    iteration; it is mixed if in one and the same iteration some states are wrong and some are not, or nobody knows."""

    def __init__(self) -> None:
        self._right: set[Context] = set()
        self._wrong: set[Context] = set()
        self._not_wrong_in: set[tuple[Context, str, Iteration]] = set()
        self._wrong_in: dict[tuple[Context, str, Iteration], set[int]] = {}

    def judged(self, code: str, event: Event, said: list[Finding]) -> None:
        for forward in _forwards(event):
            context = (code, forward.site, forward.calls)
            inside = (context, forward.model.key, forward.iteration)
            about = {id(finding) for finding in said if finding.evidence == forward.site}
            if about:
                self._wrong.add(context)
                self._wrong_in.setdefault(inside, set()).update(about)
            elif forward.feasible:
                self._not_wrong_in.add(inside)
                if forward.layers and all(layer.mode in ("train", "eval") for layer in forward.layers):
                    self._right.add(context)

    def mixed(self) -> set[int]:
        """The findings that are not known to hold on all paths of their context."""
        return {each for inside, about in self._wrong_in.items() if inside in self._not_wrong_in for each in about}

    def counts(self) -> Mapping[tuple[str, Site], int]:
        """The number of right chains by code and place."""
        return Counter((code, site) for code, site, _ in self._right - self._wrong)


def site_of(event: Event) -> Site:
    """Where an event happens."""
    match event:
        case TrainingStep():
            return event.step or event.backward
        case InferenceForward() | FrozenForward():
            return event.forward.site
        case _:
            return event.site


def _forwards(event: Event) -> tuple[Forward, ...]:
    match event:
        case TrainingStep():
            return event.forwards
        case InferenceForward() | FrozenForward():
            return (event.forward,)
        case _:
            return ()


def _without_assumed_duplicates(events: list[Event]) -> list[Event]:
    """Assumed contexts are judged only for functions that no concrete one reaches."""
    concrete = {
        (forward.site.path, forward.site.function) for event in events for forward in _forwards(event) if forward.concrete
    }

    def stays(event: Event) -> bool:
        forwards = _forwards(event)
        if not forwards:
            return True
        return any(forward.concrete or (forward.site.path, forward.site.function) not in concrete for forward in forwards)

    return [event for event in events if stays(event)]


def _by_model(events: list[Event]) -> dict[tuple[type[object], str], list[object]]:
    about: dict[tuple[type[object], str], list[object]] = {}
    for event in events:
        if isinstance(event, (ModelCreated, ModeMethodNotCalled, AdapterAttached, AdapterLoaded, Saved)):
            about.setdefault((type(event), event.model.key), []).append(event)
    return about
