"""SARIF 2.1.0, which code hosts and editors read: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.

A finding's trace is its code flow, its fix a list of replacements, its fingerprint a partial one under `modelint/v1`; each rule
brings its page as help. What could not be analysed is no result of a rule but a notification of the run. Paths are relative to
the project's root, which the reader knows as SRCROOT. A cell of a notebook has no lines in the file that a reader of SARIF sees:
there, the cell is a logical location and its rows are in the message.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from modelint import __version__
from modelint.diagnostics.diagnostic import Confidence, Diagnostic, Severity, TraceStep
from modelint.diagnostics.fix import Edit, Fix
from modelint.judge.pack import LoadedRule
from modelint.report.place import place, probe_text
from modelint.report.record import Report
from modelint.report.render import RenderOptions
from modelint.text.span import Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "SRCROOT"
FINGERPRINT = "modelint/v1"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_Json = dict[str, Any]


def render(report: Report, options: RenderOptions) -> str:
    """The log of one run."""
    indexes = {loaded.rule.code: index for index, loaded in enumerate(options.rules)}
    failures = [diagnostic for diagnostic in report.diagnostics if _is_failure(diagnostic)]
    results = [_result(diagnostic, indexes) for diagnostic in report.diagnostics if not _is_failure(diagnostic)]
    run = {
        "tool": {"driver": {"name": "modelint", "version": __version__, "rules": [_rule(loaded) for loaded in options.rules]}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the project."}}},
        "invocations": [
            {
                "executionSuccessful": report.exit_code != 2,
                "toolExecutionNotifications": [_notification(diagnostic) for diagnostic in failures],
            }
        ],
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _is_failure(diagnostic: Diagnostic) -> bool:
    """It says that something could not be analysed, and nothing of the code."""
    return not diagnostic.code and diagnostic.severity is Severity.ERROR


def _rule(loaded: LoadedRule) -> _Json:
    rule = loaded.rule
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": loaded.page.summary},
        "help": {"text": loaded.markdown, "markdown": loaded.markdown},
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": [rule.category.value, rule.name], "precision": "high"},
    }


def _result(diagnostic: Diagnostic, indexes: Mapping[str, int]) -> _Json:
    code = diagnostic.code or diagnostic.name
    result: _Json = {
        "ruleId": code,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _message(diagnostic)},
        "locations": [_location(diagnostic.filename, diagnostic.cell, diagnostic.span, function=diagnostic.function)],
    }
    if code in indexes:
        result["ruleIndex"] = indexes[code]
    if diagnostic.code:
        probed = {} if diagnostic.probe is None else {"probe": diagnostic.probe.verdict.value}
        result["properties"] = {"confidence": diagnostic.confidence.value, **probed}
        result["rank"] = 90.0 if diagnostic.confidence is Confidence.CERTAIN else 50.0
    if diagnostic.fingerprint:
        result["partialFingerprints"] = {FINGERPRINT: diagnostic.fingerprint}
    if diagnostic.trace:
        steps = [{"location": _step(step)} for step in diagnostic.trace]
        result["codeFlows"] = [{"threadFlows": [{"locations": steps}]}]
    if diagnostic.fix is not None and all(edit.cell is None for edit in diagnostic.fix.edits):
        result["fixes"] = [_fix(diagnostic.fix)]
    return result


def _notification(diagnostic: Diagnostic) -> _Json:
    return {
        "descriptor": {"id": diagnostic.name},
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _message(diagnostic)},
        "locations": [_location(diagnostic.filename, diagnostic.cell, diagnostic.span)],
    }


def _message(diagnostic: Diagnostic) -> str:
    where = "" if diagnostic.cell is None else f"{place(diagnostic.filename, diagnostic.cell, diagnostic.span)}: "
    probed = [] if diagnostic.probe is None else [f"probe: {probe_text(diagnostic.probe)}"]
    return "\n".join([where + diagnostic.message, *(f"note: {note}" for note in diagnostic.notes), *probed])


# ------------------------------------------------------------------ places
def _step(step: TraceStep) -> _Json:
    where = "" if step.cell is None else f"{place(step.filename, step.cell, step.span)}: "
    return {**_location(step.filename, step.cell, step.span), "message": {"text": where + step.message}}


def _location(filename: str, cell: int | None, span: Span, *, function: str = "") -> _Json:
    physical: _Json = {"artifactLocation": _artifact(filename)}
    logical: list[_Json] = []
    if cell is None:
        physical["region"] = _region(span)
    else:
        logical.append({"name": f"cell {cell}"})
    if function and function != "<module>":
        logical.append({"fullyQualifiedName": function, "kind": "function"})
    location: _Json = {"physicalLocation": physical}
    return {**location, "logicalLocations": logical} if logical else location


def _artifact(filename: str) -> _Json:
    if filename.startswith("/"):
        return {"uri": f"file://{quote(filename)}"}
    if filename[1:2] == ":":
        return {"uri": f"file:///{quote(filename, safe='/:')}"}
    return {"uri": quote(filename), "uriBaseId": ROOT}


def _region(span: Span) -> _Json:
    return {
        "startLine": span.row,
        "startColumn": span.column,
        "endLine": span.end_row,
        "endColumn": span.end_column,
    }


# ------------------------------------------------------------------ fixes
def _fix(fix: Fix) -> _Json:
    edits: dict[str, list[_Json]] = {}
    for edit in fix.edits:
        edits.setdefault(edit.filename, []).append(_replacement(edit))
    changes = [{"artifactLocation": _artifact(filename), "replacements": each} for filename, each in edits.items()]
    return {"description": {"text": fix.message}, "artifactChanges": changes}


def _replacement(edit: Edit) -> _Json:
    return {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.content}}
