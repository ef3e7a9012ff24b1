"""The last lines of the formats for people: how much was found in how much, and whatever was not looked at.

Nothing is skipped in silence: every counter of the run that says that something was left out is named.
"""

from __future__ import annotations

from collections import Counter

from modelint.report.record import Report

CHECKED = "files checked"


def summary(report: Report, *, statistics: bool) -> list[str]:
    """The summary line, after the table of rules and counters if `statistics` asks for it."""
    return [*(_table(report) if statistics else []), _line(report)]


def _line(report: Report) -> str:
    findings = [diagnostic for diagnostic in report.diagnostics if diagnostic.code]
    others = len(report.diagnostics) - len(findings)
    parts = [_found(len(findings), len({diagnostic.filename for diagnostic in findings}))]
    if others:
        parts.append(_count(others, "report about the input", "reports about the input"))
    parts.extend(f"{count} {name}" for name, count in report.counters.items() if count or name == CHECKED)
    return "; ".join(parts) + "."


def _found(findings: int, files: int) -> str:
    if not findings:
        return "Found nothing"
    return f"Found {_count(findings, 'diagnostic', 'diagnostics')} in {_count(files, 'file', 'files')}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _table(report: Report) -> list[str]:
    rules = Counter((diagnostic.code, diagnostic.name) for diagnostic in report.diagnostics)
    rows = [
        (count, f"{code} {name}".strip()) for (code, name), count in sorted(rules.items(), key=lambda item: (-item[1], item[0]))
    ]
    rows.extend((count, name) for name, count in report.counters.items())
    width = max((len(str(count)) for count, _ in rows), default=0)
    return [f"{count:>{width}}  {name}" for count, name in rows]
