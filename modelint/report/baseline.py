"""A baseline: the findings that a project has when it begins to use modelint, so that only new ones are told.

A finding is known by its fingerprint, which stays the same while code around it changes. Code, file and message stand in the
file for those who read it. Only findings of rules are part of a baseline: what could not be analysed is always told.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from modelint.diagnostics.diagnostic import Diagnostic
from modelint.errors import UsageError
from modelint.report.record import Report, exit_code

VERSION = 1
HIDDEN = "findings in the baseline"
GONE = "entries of the baseline that are not found any more"


class Entry(msgspec.Struct, frozen=True, order=True):
    """One finding."""

    filename: str
    code: str
    fingerprint: str
    message: str


class Baseline(msgspec.Struct, frozen=True):
    version: int = VERSION
    findings: tuple[Entry, ...] = ()


def load(path: str) -> Baseline:
    """The baseline in a file. Raises UsageError if there is none."""
    try:
        with open(path, "rb") as file:
            baseline = msgspec.json.decode(file.read(), type=Baseline)
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such baseline; --write-baseline makes one") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: no baseline: {error}") from None
    if baseline.version != VERSION:
        raise UsageError(f"{path}: a baseline of version {baseline.version}; this modelint knows version {VERSION}")
    return baseline


def encode(baseline: Baseline) -> str:
    """The text of the file, sorted, so that two versions can be compared."""
    ordered = replace(baseline, findings=tuple(sorted(baseline.findings)))
    return msgspec.json.format(msgspec.json.encode(ordered), indent=2).decode() + "\n"


def updated(report: Report, old: Baseline, is_judged: Callable[[Entry], bool]) -> Baseline:
    """The findings of a run, and the entries that it could not judge: of other files, of rules that were off."""
    kept = [entry for entry in old.findings if not is_judged(entry)]
    found = [_entry(diagnostic) for diagnostic in report.diagnostics if diagnostic.code]
    return Baseline(findings=tuple({entry.fingerprint: entry for entry in (*kept, *found)}.values()))


def without(report: Report, baseline: Baseline, is_judged: Callable[[Entry], bool]) -> Report:
    """The report without the findings of the baseline. The counters say how many these are, and how many more there would be if
    they had not gone."""
    known = {entry.fingerprint for entry in baseline.findings}
    new = tuple(diagnostic for diagnostic in report.diagnostics if not diagnostic.code or diagnostic.fingerprint not in known)
    found = {diagnostic.fingerprint for diagnostic in report.diagnostics}
    gone = sum(entry.fingerprint not in found and is_judged(entry) for entry in baseline.findings)
    counters = {**report.counters, HIDDEN: len(report.diagnostics) - len(new), GONE: gone}
    return replace(report, diagnostics=new, counters=counters, exit_code=exit_code(new))


def _entry(diagnostic: Diagnostic) -> Entry:
    return Entry(diagnostic.filename, diagnostic.code, diagnostic.fingerprint, diagnostic.message)
