"""What a rule is: a frozen record and one generator for each kind of event that it looks at. The page is its module's docstring."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from modelint.diagnostics.diagnostic import Premise
from modelint.events import (
    AdapterAttached,
    AdapterLoaded,
    FrozenForward,
    FunctionalDropout,
    InferenceForward,
    ModelCreated,
    ModeMethodNotCalled,
    ModuleBuilt,
    OutdatedStep,
    Saved,
    TrainingStep,
)
from modelint.judge.context import Finding, RuleContext

AnyEvent = TypeVar(
    "AnyEvent",
    ModelCreated,
    ModeMethodNotCalled,
    TrainingStep,
    InferenceForward,
    AdapterAttached,
    AdapterLoaded,
    Saved,
    FunctionalDropout,
    ModuleBuilt,
    FrozenForward,
    OutdatedStep,
)
Check: TypeAlias = Callable[[Any, RuleContext], Iterator[Finding]]


class Category(enum.Enum):
    """What a rule is about."""

    MODE = "mode"
    """Training or inference happens in the wrong mode."""
    SAVE = "save"
    """A save or an adapter loses or freezes what was to be trained."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule. `name` says the bad pattern, `code` is its short alias.

    `family`: rules of one family speak about the same defect, and where several find it in the same object the one with the
    lowest `rank` is heard. "" stands for a family of its own.
    """

    code: str
    name: str
    category: Category
    since: str
    family: str = ""
    rank: int = 0
    premise: Premise = ""
    checks: list[tuple[type[object], Check]] = field(default_factory=list, repr=False)

    def on(
        self, kind: type[AnyEvent]
    ) -> Callable[[Callable[[AnyEvent, RuleContext], Iterator[Finding]]], Callable[[AnyEvent, RuleContext], Iterator[Finding]]]:
        """Decorate the generator that looks at events of this kind."""

        def register(
            check: Callable[[AnyEvent, RuleContext], Iterator[Finding]],
        ) -> Callable[[AnyEvent, RuleContext], Iterator[Finding]]:
            self.checks.append((kind, check))
            return check

        return register
