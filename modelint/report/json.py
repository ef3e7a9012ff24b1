"""A JSON array of objects: ruff's keys, and ours for confidence, trace, fingerprint and the probe's verdict.

Steps of a trace and edits carry a `cell` where they lie in a notebook; `code` is null for reports about the input.
"""

from __future__ import annotations

import json
from typing import Any

from modelint.diagnostics.diagnostic import Diagnostic, ProbeResult, TraceStep
from modelint.diagnostics.fix import Edit, Fix
from modelint.report.record import Report
from modelint.report.render import RenderOptions
from modelint.text.span import Span


def render(report: Report, options: RenderOptions) -> str:
    """The whole report as one array."""
    return json.dumps([as_object(diagnostic) for diagnostic in report.diagnostics], indent=2) + "\n"


def as_object(diagnostic: Diagnostic) -> dict[str, Any]:
    """One diagnostic."""
    return {
        "code": diagnostic.code or None,
        "name": diagnostic.name,
        "message": diagnostic.message,
        "filename": diagnostic.filename,
        "cell": diagnostic.cell,
        **_locations(diagnostic.span),
        "fix": _fix(diagnostic.fix),
        "url": diagnostic.url or None,
        "severity": diagnostic.severity.value,
        "confidence": diagnostic.confidence.value,
        "trace": [_step(step) for step in diagnostic.trace],
        "fingerprint": diagnostic.fingerprint,
        "probe": _probe(diagnostic.probe),
    }


def _probe(result: ProbeResult | None) -> dict[str, Any] | None:
    return None if result is None else {"verdict": result.verdict.value, "details": list(result.details)}


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {
        "applicability": fix.applicability.value,
        "message": fix.message,
        "edits": [_edit(edit) for edit in fix.edits],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {"content": edit.content, **_locations(edit.span), **_cell(edit.cell)}


def _step(step: TraceStep) -> dict[str, Any]:
    return {"message": step.message, "filename": step.filename, **_locations(step.span), **_cell(step.cell)}


def _locations(span: Span) -> dict[str, dict[str, int]]:
    return {
        "location": {"row": span.row, "column": span.column},
        "end_location": {"row": span.end_row, "column": span.end_column},
    }


def _cell(cell: int | None) -> dict[str, int]:
    return {} if cell is None else {"cell": cell}
