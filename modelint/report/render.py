"""The output formats by name. A reporter is a function from a `Report` and `RenderOptions` to text; it is imported when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from modelint.errors import UsageError
from modelint.report.record import Report

FORMATS = ("text", "concise", "json", "jsonl", "github")


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How to render. `color`: with terminal colours; `statistics`: end with a table of rules and counters."""

    color: bool = False
    statistics: bool = False


def render(report: Report, output_format: str, options: RenderOptions) -> str:
    """The report in this format, each line ended."""
    if output_format not in FORMATS:
        raise UsageError(f'there is no output format "{output_format}"; known are {", ".join(FORMATS)}')
    reporter = import_module(f"modelint.report.{output_format}")
    text: str = reporter.render(report, options)
    return text
