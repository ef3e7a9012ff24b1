"""A report for GitLab's Code Quality widget: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.

GitLab compares the fingerprints of two reports, so each must be there once and stay the same while other code changes.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

from modelint.diagnostics.diagnostic import Confidence, Diagnostic, Severity
from modelint.report.place import place, probe_text
from modelint.report.record import Report
from modelint.report.render import RenderOptions


def render(report: Report, options: RenderOptions) -> str:
    """An array of issues."""
    seen: Counter[str] = Counter()
    issues = []
    for diagnostic in report.diagnostics:
        identity = diagnostic.fingerprint or _digest(
            diagnostic.name, diagnostic.filename, str(diagnostic.cell), diagnostic.message
        )
        seen[identity] += 1
        issues.append(_issue(diagnostic, identity if seen[identity] == 1 else _digest(identity, str(seen[identity]))))
    return json.dumps(issues, indent=2) + "\n"


def _issue(diagnostic: Diagnostic, fingerprint: str) -> dict[str, Any]:
    return {
        "description": _description(diagnostic),
        "check_name": diagnostic.code or diagnostic.name,
        "fingerprint": fingerprint,
        "severity": _severity(diagnostic),
        "location": {"path": diagnostic.filename, "lines": _lines(diagnostic)},
    }


def _description(diagnostic: Diagnostic) -> str:
    where = "" if diagnostic.cell is None else f"{place(diagnostic.filename, diagnostic.cell, diagnostic.span)}: "
    probed = "" if diagnostic.probe is None else f" [{probe_text(diagnostic.probe)}]"
    return f"{where}{diagnostic.message}{probed}"


def _severity(diagnostic: Diagnostic) -> str:
    match diagnostic.severity:
        case Severity.ERROR:
            return "critical"
        case Severity.NOTE:
            return "info"
        case _:
            return "major" if diagnostic.confidence is Confidence.CERTAIN else "minor"


def _lines(diagnostic: Diagnostic) -> dict[str, int]:
    """A notebook's cells have no lines in the file that GitLab shows; it wants one all the same."""
    if diagnostic.cell is not None:
        return {"begin": 1}
    return {"begin": diagnostic.span.row, "end": diagnostic.span.end_row}


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
