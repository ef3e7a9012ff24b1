"""Reads a report in the `json` format back. Fixes are left out: their places may have moved since."""

from __future__ import annotations

import msgspec

from modelint.diagnostics.diagnostic import Confidence, Diagnostic, Severity, TraceStep
from modelint.errors import UsageError
from modelint.text.span import Span


class _Position(msgspec.Struct):
    row: int
    column: int


class _Step(msgspec.Struct):
    message: str
    filename: str
    location: _Position
    end_location: _Position
    cell: int | None = None


class _Finding(_Step, kw_only=True):
    name: str
    code: str | None = None
    severity: Severity = Severity.WARNING
    confidence: Confidence = Confidence.CERTAIN
    trace: list[_Step] = []
    fingerprint: str = ""


def parse(data: bytes, name: str) -> tuple[Diagnostic, ...]:
    """The diagnostics in the text of the file `name`."""
    try:
        found = msgspec.json.decode(data, type=list[_Finding])
    except msgspec.DecodeError as error:
        raise UsageError(f"{name}: not a report of `modelint check --output-format json`: {error}") from None
    return tuple(map(_diagnostic, found))


def _diagnostic(finding: _Finding) -> Diagnostic:
    return Diagnostic(
        code=finding.code or "",
        name=finding.name,
        message=finding.message,
        filename=finding.filename,
        span=_span(finding),
        severity=finding.severity,
        confidence=finding.confidence,
        cell=finding.cell,
        trace=tuple(TraceStep(step.message, step.filename, _span(step), step.cell) for step in finding.trace),
        fingerprint=finding.fingerprint,
    )


def _span(step: _Step) -> Span:
    return Span(step.location.row, step.location.column, step.end_location.row, step.end_location.column)
