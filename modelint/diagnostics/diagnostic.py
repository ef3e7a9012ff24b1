"""One thing a user is told: where, what, how sure, and the story of how it came to be."""

from __future__ import annotations

import enum
from typing import Literal, TypeAlias

import msgspec

from modelint.diagnostics.fix import Fix
from modelint.text.span import Span


class Severity(enum.Enum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Confidence(enum.Enum):
    """CERTAIN: wrong in every state of some context that executes the place. LIKELY: a feasible path is wrong, or something
    on the way could not be resolved."""

    CERTAIN = "certain"
    LIKELY = "likely"


Premise: TypeAlias = Literal[
    "",
    "made-in-eval",
    "sensitive",
    "recurrent",
    "moving",
    "statistics",
    "frozen",
    "made-frozen",
    "eval-raises",
    "eval-is-partial",
    "eval-returns-no-self",
    "train-keeps-eval",
    "out-of-reach",
]
"""What a finding takes for granted about the model that it speaks of, and a look at the real one can refute: that it is made with
mode-sensitive layers in eval mode at the finding's place; that it has such layers; that it has recurrent ones; that a training step moves
statistics in it; that its adapter's save leaves out such; that nothing in what is made at the finding's place can be trained, or in the
whole model. Of objects of a class: that `eval()` raises; that it leaves something in train mode; that it returns something else than the
object; that `train()` leaves something in eval mode; that an attribute holds modules that are no parts. "": nothing."""


class Verdict(enum.Enum):
    """What the probe says about a finding."""

    PREMISES_CONFIRMED = "premises confirmed"
    """The model that the finding speaks of is what it takes it to be."""
    REFUTED = "refuted"
    """It is not."""
    CONFIRMED = "confirmed"
    """A run of the program did it, at this place."""
    NOT_REPRODUCED = "not reproduced"
    """A run of the program did not, as far as it went."""
    INCONCLUSIVE = "inconclusive"
    """The probe cannot say, for a reason that it gives."""


class ProbeResult(msgspec.Struct, frozen=True):
    """A verdict with what it rests on: a reason, a number of steps, what was measured."""

    verdict: Verdict
    details: tuple[str, ...] = ()


class TraceStep(msgspec.Struct, frozen=True):
    """One step of the story. `cell` is the notebook cell of the span, counted from 1 over all cells."""

    message: str
    filename: str
    span: Span
    cell: int | None = None


class Diagnostic(msgspec.Struct, frozen=True):
    """A finding of a rule, or a report about the input (`syntax-error`, `unused-suppression`, ...), which has no code but "".

    `filename` is as given on the command line or relative to the project's root. `function` is the qualified name of the
    function that holds the place, `<module>` at top level. `fingerprint` identifies the finding across edits elsewhere.
    `notes` are shown after the message; `related` counts other places that the same defect affects.
    """

    code: str
    name: str
    message: str
    filename: str
    span: Span
    severity: Severity = Severity.WARNING
    confidence: Confidence = Confidence.CERTAIN
    cell: int | None = None
    function: str = "<module>"
    trace: tuple[TraceStep, ...] = ()
    notes: tuple[str, ...] = ()
    fix: Fix | None = None
    fingerprint: str = ""
    url: str = ""
    probe: ProbeResult | None = None
    origin: tuple[TraceStep, ...] = ()
    """The calls that lead to where the model is made, outermost first, and that place; for the probe, shown nowhere."""
    premise: Premise = ""
    """What the probe is to look at."""
    part: str = ""
    """The dotted path of what is wrong below the model that is made there."""
