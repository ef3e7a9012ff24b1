"""What a rule works with: it asks a `RuleContext` about the program and hands back `Finding`s.

A finding is what one rule says about one event in one context. `merge` makes diagnostics of them: one defect shows in many
events (iterations, callers, further forwards), so a rule need not, and cannot, decide what is reported once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, TypeVar, cast

from modelint.diagnostics.diagnostic import Premise
from modelint.events import AdapterAttached, AdapterLoaded, Model, ModelCreated, ModeMethodNotCalled, Saved, Site
from modelint.judge.repair import Repair

Story: TypeAlias = "tuple[tuple[str, Site], ...]"
"""The trace of a finding: what happened, where, in order of time."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's word on one event.

    `subject` is the identity of the wrong object: the key of the model and the path of the outermost wrong part below it.
    `site` is the place that the diagnostic gets; `evidence` the place where the wrong thing happens (often the same), which
    counts the "and N more". `certain` as in `Confidence`. `notes` are advice and details, each a sentence. `repair` says what is
    to be done, None if that takes a person. `premise` is what this finding takes for granted where that is not what the rule does.
    """

    code: str
    subject: tuple[str, str]
    message: str
    site: Site
    evidence: Site
    story: Story
    certain: bool
    notes: tuple[str, ...] = ()
    repair: Repair | None = None
    premise: Premise = ""


class AboutModel(Protocol):
    """An event that is about one model."""

    @property
    def model(self) -> Model: ...


ModelEvent = TypeVar("ModelEvent", ModelCreated, ModeMethodNotCalled, AdapterAttached, AdapterLoaded, Saved)


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What the rule with this `code` may ask, and how it reports."""

    code: str
    _about: Mapping[tuple[type[object], str], Sequence[object]] = field(default_factory=dict)

    def about(self, model: Model, kind: type[ModelEvent]) -> Sequence[ModelEvent]:
        """The program's events of this kind about this very model."""
        return self.about_key(model.key, kind)

    def about_key(self, key: str, kind: type[ModelEvent]) -> Sequence[ModelEvent]:
        """The same for the model with this key."""
        return cast("Sequence[ModelEvent]", self._about.get((kind, key), ()))

    def report(
        self,
        message: str,
        *,
        subject: tuple[str, str],
        site: Site,
        story: Story,
        certain: bool,
        evidence: Site | None = None,
        notes: tuple[str, ...] = (),
        repair: Repair | None = None,
        premise: Premise = "",
    ) -> Finding:
        """A finding at `site`; the evidence is at the same place if nothing else is said."""
        return Finding(self.code, subject, message, site, evidence or site, story, certain, notes, repair, premise)
