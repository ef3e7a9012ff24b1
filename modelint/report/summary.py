"""The last lines of the formats for people: how much was found in how much, and whatever was not looked at.

Nothing is skipped in silence: every counter of the run that says that something was left out is named.
"""

from __future__ import annotations

from collections import Counter

from modelint.diagnostics.fix import Applicability
from modelint.report.record import Report

CHECKED = "files checked"
"""The counter that is named even when it is 0; of the others the summary says what is not."""
NOTHING_LEFT_OUT = frozenset({"notebooks", "other files read", "entries"})
"""Counters that only describe the work. They are in the statistics."""


def summary(report: Report, *, statistics: bool) -> list[str]:
    """The summary line, after the table of rules and counters if `statistics` asks for it."""
    return [*(_table(report) if statistics else []), _line(report)]


def _line(report: Report) -> str:
    number, files = len(report.diagnostics), len({diagnostic.filename for diagnostic in report.diagnostics})
    found = f"Found {_count(number, 'diagnostic')} in {_count(files, 'file')}" if number else "Found nothing"
    counted = [(name, count) for name, count in report.counters.items() if name not in NOTHING_LEFT_OUT]
    return (
        "; ".join([found, *_fixable(report), *(f"{name}: {count}" for name, count in counted if count or name == CHECKED)])
        + "."
    )


def _fixable(report: Report) -> list[str]:
    """How many findings a fix would take away, by its kind."""
    kinds = Counter(diagnostic.fix.applicability for diagnostic in report.diagnostics if diagnostic.fix is not None)
    safe, unsafe = kinds[Applicability.SAFE], kinds[Applicability.UNSAFE]
    pieces = [f"{safe} can be fixed with `modelint fix --apply`"] if safe else []
    if unsafe:
        pieces.append(
            f"{unsafe} more with `--unsafe-fixes`"
            if safe
            else f"{unsafe} can be fixed with `modelint fix --apply --unsafe-fixes`"
        )
    return [", ".join(pieces)] if pieces else []


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _table(report: Report) -> list[str]:
    rules = Counter((diagnostic.code, diagnostic.name) for diagnostic in report.diagnostics)
    rows = [
        (count, f"{code} {name}".strip()) for (code, name), count in sorted(rules.items(), key=lambda item: (-item[1], item[0]))
    ]
    rows.extend((count, name) for name, count in report.counters.items())
    width = max((len(str(count)) for count, _ in rows), default=0)
    return [f"{count:>{width}}  {name}" for count, name in rows]
