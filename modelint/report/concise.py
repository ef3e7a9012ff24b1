"""One line for each diagnostic, as compilers print them: `file.py:3:5: ML103 message`."""

from __future__ import annotations

from modelint.diagnostics.diagnostic import Diagnostic
from modelint.report.place import fix_mark, place, printable, probe_text
from modelint.report.record import Report
from modelint.report.render import RenderOptions
from modelint.report.summary import summary


def render(report: Report, options: RenderOptions) -> str:
    """The lines, then the summary."""
    lines = [_line(diagnostic) for diagnostic in report.diagnostics]
    return "\n".join([*lines, *summary(report, statistics=options.statistics)]) + "\n"


def _line(diagnostic: Diagnostic) -> str:
    name = diagnostic.code or diagnostic.name
    doubt = f" ({diagnostic.confidence.value})" if diagnostic.code and diagnostic.confidence.value != "certain" else ""
    probed = f" [{printable(probe_text(diagnostic.probe))}]" if diagnostic.probe is not None else ""
    where = place(diagnostic.filename, diagnostic.cell, diagnostic.span)
    return f"{where}: {name}{doubt}{fix_mark(diagnostic.fix)} {printable(diagnostic.message)}{probed}"
