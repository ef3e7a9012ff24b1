"""One JSON object a line, each as in the `json` format."""

from __future__ import annotations

import json

from modelint.report.json import as_object
from modelint.report.record import Report
from modelint.report.render import RenderOptions


def render(report: Report, options: RenderOptions) -> str:
    """The diagnostics, one a line; nothing at all if there are none."""
    return "".join(json.dumps(as_object(diagnostic)) + "\n" for diagnostic in report.diagnostics)
