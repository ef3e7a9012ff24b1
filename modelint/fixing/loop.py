"""Fixes a project in memory: check, apply what can be applied, check the result, until nothing changes any more.

A fix has to show that it helps. Where a finding is still there after its fix, or a finding is there in the end that was not
there before, the fixes behind it are left out and the work begins anew without them.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import msgspec

from modelint.diagnostics.diagnostic import Diagnostic
from modelint.files.read import from_bytes, load
from modelint.fixing.change import CannotChange, changed
from modelint.fixing.plan import FixPlan, Key, Skipped, key_of, plan
from modelint.report.record import Report
from modelint.text.source import SourceFile

MAX_ROUNDS = 10
"""Rounds of one attempt. Fixes make room for others, but not often."""
MAX_TIMES = 2
"""How often one finding is fixed: what is wrong on two branches may need two edits."""
MAX_ATTEMPTS = 4
"""Attempts, each without the fixes that were of no use in those before."""

Check: TypeAlias = "Callable[[Mapping[str, bytes]], Report]"
"""Checks the project with these bytes instead of those on the disk, by absolute path."""
Wanted: TypeAlias = "Callable[[Diagnostic], bool]"
"""Whether a finding is to be fixed. The others may not become more."""


class ChangedFile(msgspec.Struct, frozen=True):
    """A file with its bytes as they were read and as they should be."""

    path: str
    absolute: str
    before: bytes
    after: bytes


class Fixed(msgspec.Struct, frozen=True):
    """The project after fixing. `report` is about the changed files, `applied` are the diagnostics that are gone, `skipped` those
    that have a fix that was not made; `problems` say which files could not be changed and why."""

    report: Report
    files: tuple[ChangedFile, ...]
    applied: tuple[Diagnostic, ...]
    skipped: tuple[Skipped, ...]
    problems: tuple[str, ...]


class _Attempt(NamedTuple):
    report: Report
    contents: dict[str, bytes]
    applied: list[Diagnostic]
    skipped: tuple[Skipped, ...]
    problems: list[str]


def fix(
    check: Check, is_wanted: Wanted, *, given: Iterable[str], unsafe: bool, contents: Mapping[str, bytes] | None = None
) -> Fixed:
    """Fixes what `check` reports and is wanted. `given`: absolute paths of the files and folders that may be changed; `contents`: what
    already stands in for files."""
    given = [os.path.normpath(path) for path in given]
    project = _Project(check, is_wanted, given, dict(contents or {}))
    before = check(project.contents)
    useless: set[Key] = set()
    attempt = project.attempt(before, useless, unsafe=unsafe)
    for _ in range(MAX_ATTEMPTS - 1):
        blamed = _blamed(before, attempt)
        if not blamed - useless:
            break
        useless |= blamed
        attempt = project.attempt(before, useless, unsafe=unsafe)
    else:
        if _blamed(before, attempt):
            # Nothing is changed rather than something made worse.
            useless |= {key_of(diagnostic) for diagnostic in before.diagnostics}
            attempt = project.attempt(before, useless, unsafe=unsafe)
    return project.result(attempt)


def _blamed(before: Report, attempt: _Attempt) -> set[Key]:
    """The fixes that did not help, and those in the files of findings that are new."""
    left = {key_of(diagnostic) for diagnostic in attempt.report.diagnostics}
    known = {key_of(diagnostic) for diagnostic in before.diagnostics}
    blamed = {key_of(diagnostic) for diagnostic in attempt.applied} & left
    for diagnostic in attempt.report.diagnostics:
        if key_of(diagnostic) in known:
            continue
        files = {diagnostic.filename, *(step.filename for step in diagnostic.trace)}
        blamed |= {key_of(each) for each in attempt.applied if files & _edited(each)}
    return blamed


def _edited(diagnostic: Diagnostic) -> set[str]:
    return {edit.filename for edit in diagnostic.fix.edits} if diagnostic.fix is not None else set()


class _Project:
    """The files that are being fixed. `contents` are the bytes that stand in for them at the start, `originals` what was read."""

    def __init__(self, check: Check, is_wanted: Wanted, given: Sequence[str], contents: dict[str, bytes]) -> None:
        self._check = check
        self._is_wanted = is_wanted
        self._given = given
        self.contents = contents
        self._originals: dict[str, bytes] = {}
        self._paths: dict[str, str] = {}

    def attempt(self, report: Report, useless: set[Key], *, unsafe: bool) -> _Attempt:
        contents = dict(self.contents)
        applied: dict[Key, Diagnostic] = {}
        times: Counter[Key] = Counter()
        problems: dict[str, None] = {}
        refused: set[Key] = set()
        unwanted = {key_of(each) for each in report.diagnostics if not self._is_wanted(each)}
        for _ in range(MAX_ROUNDS):
            exhausted = {key for key, count in times.items() if count == MAX_TIMES}
            left = [each for each in report.diagnostics if key_of(each) not in unwanted]
            chosen = plan(left, unsafe=unsafe, may_edit=self._may_edit(report), useless=useless | refused | exhausted)
            if not chosen.edits:
                break
            times.update(key_of(each) for each in chosen.applied)
            failed = self._apply(chosen, report, contents, problems)
            refused |= failed
            applied.update((key_of(each), each) for each in chosen.applied if key_of(each) not in failed)
            if len(failed) < len(chosen.applied):
                report = self._check(contents)
        else:
            chosen = FixPlan({}, (), chosen.skipped)
        return _Attempt(report, contents, list(applied.values()), chosen.skipped, list(problems))

    def _may_edit(self, report: Report) -> Callable[[str], bool]:
        def may_edit(filename: str) -> bool:
            source = report.sources.get(filename)
            return source is not None and any(
                source.absolute == path or source.absolute.startswith(path.rstrip(os.sep) + os.sep) for path in self._given
            )

        return may_edit

    def _apply(self, chosen: FixPlan, report: Report, contents: dict[str, bytes], problems: dict[str, None]) -> set[Key]:
        """Makes the edits in `contents`. A file that cannot take its edits keeps its text; the fixes with edits there are undone
        in all files, as a fix is made whole or not at all."""
        results: dict[str, bytes] = {}
        broken: set[str] = set()
        for filename, edits in chosen.edits.items():
            source = report.sources[filename]
            try:
                data = self._data(source, contents)
                results[source.absolute] = changed(data, source, edits)
            except CannotChange as error:
                broken.add(filename)
                problems[f"{filename}: left as it is: {error}"] = None
        failed = {key_of(each) for each in chosen.applied if _edited(each) & broken}
        entangled = {name for each in chosen.applied if key_of(each) in failed for name in _edited(each)}
        contents.update((absolute, data) for absolute, data in results.items() if self._paths[absolute] not in entangled)
        return failed | {key_of(each) for each in chosen.applied if _edited(each) & entangled}

    def _data(self, source: SourceFile, contents: dict[str, bytes]) -> bytes:
        """The bytes that `source` was made of. Raises `CannotChange` if the file has changed since."""
        self._paths[source.absolute] = source.path
        data = contents.get(source.absolute)
        if data is None:
            try:
                data = load(source.absolute)
            except OSError as error:
                raise CannotChange(f"it cannot be read: {error.strerror}") from None
            now = from_bytes(data, source.absolute, source.path)
            if not isinstance(now, SourceFile) or now.text != source.text:
                raise CannotChange("it has changed since it was checked")
        self._originals.setdefault(source.absolute, data)
        return data

    def result(self, attempt: _Attempt) -> Fixed:
        files = [
            ChangedFile(self._paths[absolute], absolute, self._originals[absolute], data)
            for absolute, data in attempt.contents.items()
            if absolute in self._originals and self._originals[absolute] != data
        ]
        files.sort(key=lambda file: file.path)
        return Fixed(attempt.report, tuple(files), tuple(attempt.applied), attempt.skipped, tuple(attempt.problems))
