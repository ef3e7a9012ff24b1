"""The output formats by name. A reporter is a function from a `Report` and `RenderOptions` to text; it is imported when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from modelint.config.schema import OUTPUT_FORMATS
from modelint.errors import UsageError
from modelint.report.record import Report

if TYPE_CHECKING:
    from modelint.judge.pack import LoadedRule


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How to render. `color`: with terminal colours; `statistics`: end with a table of rules and counters; `rules`: those that were
    run, for formats that describe them."""

    color: bool = False
    statistics: bool = False
    rules: tuple[LoadedRule, ...] = ()


def render(report: Report, output_format: str, options: RenderOptions) -> str:
    """The report in this format, each line ended."""
    if output_format not in OUTPUT_FORMATS:
        raise UsageError(f'there is no output format "{output_format}"; known are {", ".join(OUTPUT_FORMATS)}')
    reporter = import_module(f"modelint.report.{output_format}")
    text: str = reporter.render(report, options)
    return text
