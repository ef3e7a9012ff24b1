"""Workflow commands that GitHub Actions shows as annotations in the diff.

The runner splits a command at `,`, `:` and line ends, so properties and messages are escaped as its toolkit does:
https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
"""

from __future__ import annotations

from modelint.diagnostics.diagnostic import Diagnostic, Severity
from modelint.report.place import place, probe_text
from modelint.report.record import Report
from modelint.report.render import RenderOptions

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report, options: RenderOptions) -> str:
    """One command a diagnostic."""
    return "".join(_command(diagnostic) + "\n" for diagnostic in report.diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    title = f"modelint ({diagnostic.code})" if diagnostic.code else "modelint"
    properties = {"title": title, "file": diagnostic.filename, **_lines(diagnostic)}
    written = ",".join(f"{key}={_escape_property(str(value))}" for key, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {written}::{_escape(_message(diagnostic))}"


def _lines(diagnostic: Diagnostic) -> dict[str, int]:
    """A notebook's cells have no lines in the file that GitHub shows; columns may be given only within one line."""
    span = diagnostic.span
    if diagnostic.cell is not None:
        return {}
    if span.row != span.end_row:
        return {"line": span.row, "endLine": span.end_row}
    return {"line": span.row, "col": span.column, "endLine": span.end_row, "endColumn": span.end_column}


def _message(diagnostic: Diagnostic) -> str:
    where = place(diagnostic.filename, diagnostic.cell, diagnostic.span)
    lines = [f"{where}: {diagnostic.code or diagnostic.name} {diagnostic.message}"]
    for number, step in enumerate(diagnostic.trace, start=1):
        lines.append(f"{number}. {place(step.filename, step.cell, step.span)}: {step.message}")
    lines.extend(f"note: {note}" for note in diagnostic.notes)
    if diagnostic.probe is not None:
        lines.append(f"probe: {probe_text(diagnostic.probe)}")
    return "\n".join(lines)


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
