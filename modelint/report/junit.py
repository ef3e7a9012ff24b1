"""JUnit's XML, which most servers for continuous integration show: a test suite for each file, a failed test for each finding.

What could not be analysed is an error and no failure, what a probe refuted is skipped. If nothing is found there is one test, which passes: a report without tests
counts as broken with many readers.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from modelint.diagnostics.diagnostic import Diagnostic, Severity, Verdict
from modelint.report.place import place, probe_text, title
from modelint.report.record import Report
from modelint.report.render import RenderOptions

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, options: RenderOptions) -> str:
    """The document."""
    suites = Element("testsuites", {"name": "modelint", **_counts(report.diagnostics)})
    for filename, found in groupby(report.diagnostics, key=lambda diagnostic: diagnostic.filename):
        diagnostics = tuple(found)
        skipped = sum(_kind(diagnostic) == "skipped" for diagnostic in diagnostics)
        suite = SubElement(
            suites,
            "testsuite",
            {"name": _xml(filename), **_counts(diagnostics), **({"skipped": str(skipped)} if skipped else {})},
        )
        for diagnostic in diagnostics:
            _add_case(suite, diagnostic)
    if not report.diagnostics:
        suites.set("tests", "1")
        suite = SubElement(suites, "testsuite", {"name": "modelint", "tests": "1", "failures": "0", "errors": "0"})
        SubElement(suite, "testcase", {"name": "nothing found", "classname": "modelint"})
    indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _counts(diagnostics: tuple[Diagnostic, ...]) -> dict[str, str]:
    kinds = Counter(map(_kind, diagnostics))
    return {
        "tests": str(len(diagnostics)),
        "failures": str(kinds["failure"]),
        "errors": str(kinds["error"]),
    }


def _kind(diagnostic: Diagnostic) -> str:
    """A finding that a probe refuted does not count."""
    if diagnostic.probe is not None and diagnostic.probe.verdict is Verdict.REFUTED:
        return "skipped"
    return "error" if diagnostic.severity is Severity.ERROR else "failure"


def _add_case(suite: Element, diagnostic: Diagnostic) -> None:
    where = place(diagnostic.filename, diagnostic.cell, diagnostic.span)
    case = SubElement(
        suite, "testcase", {"name": _xml(f"{title(diagnostic)} at {where}"), "classname": _xml(diagnostic.filename)}
    )
    attributes = {"message": _xml(diagnostic.message), "type": diagnostic.code or diagnostic.name}
    SubElement(case, _kind(diagnostic), attributes).text = _xml("\n".join(_lines(diagnostic, where)))


def _lines(diagnostic: Diagnostic, where: str) -> list[str]:
    steps = [
        f"{number}. {place(step.filename, step.cell, step.span)}: {step.message}"
        for number, step in enumerate(diagnostic.trace, start=1)
    ]
    probed = [] if diagnostic.probe is None else [f"probe: {probe_text(diagnostic.probe)}"]
    return [f"{where}: {diagnostic.message}", *steps, *(f"note: {note}" for note in diagnostic.notes), *probed]


def _xml(text: str) -> str:
    """Without the characters that no XML document may hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
