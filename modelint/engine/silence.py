"""Applies suppression comments: which diagnostics they silence, and which of them silence nothing.

A comment works at a diagnostic's place and at every step of its trace. It is unused only if it could have been used: codes of
rules that are switched off are not held against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from modelint.config.select import Selection
from modelint.diagnostics.diagnostic import Diagnostic, Severity
from modelint.diagnostics.fix import Applicability, Edit, Fix
from modelint.files.inputs import input_diagnostic
from modelint.syntax.suppress import Suppression, find_suppressions, has_directives
from modelint.text.source import LineIndex, SourceFile
from modelint.text.span import Span

UNUSED = "unused-suppression"


class Silencer:
    """The suppressions of a run and what they have been used for."""

    def __init__(self, sources: Mapping[str, SourceFile], selection: Selection) -> None:
        self._sources = sources
        self._selection = selection
        self._suppressions: dict[str, tuple[Suppression, ...]] = {}
        self._used: set[tuple[str, Suppression, str]] = set()

    def remaining(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics that no comment silences. Those without a code are about the input and cannot be silenced."""
        return [diagnostic for diagnostic in diagnostics if not diagnostic.code or not self._is_silenced(diagnostic)]

    def unused(self, paths: Iterable[str]) -> list[Diagnostic]:
        """A diagnostic for every comment in these files that silenced nothing. To be asked after `remaining`."""
        found = []
        for path in paths:
            for suppression in self._of(path, only_explicit=True):
                message, left = self._verdict(path, suppression)
                if message:
                    found.append(self._diagnostic(path, suppression, message, left))
        return found

    def _is_silenced(self, diagnostic: Diagnostic) -> bool:
        places = {(diagnostic.filename, diagnostic.span.row)}
        places.update((step.filename, step.span.row) for step in diagnostic.trace)
        silenced = False
        # Every comment that applies counts as used, so the order in which they are looked at does not matter.
        for path, row in places:
            for suppression in self._of(path):
                if suppression.covers(row) and self._names(suppression, diagnostic.code):
                    self._used.add((path, suppression, diagnostic.code))
                    silenced = True
        return silenced

    def _names(self, suppression: Suppression, code: str) -> bool:
        if not suppression.directive:
            return False
        return suppression.is_blanket or any(self._selection.code(word) == code for word in suppression.words)

    def _of(self, path: str, *, only_explicit: bool = False) -> Sequence[Suppression]:
        """The suppressions in a file. A file without diagnostics is looked at only for comments that could be unused."""
        if path not in self._suppressions:
            source = self._sources.get(path)
            if source is None or (only_explicit and not self._may_be_unused(source.text)):
                return ()
            self._suppressions[path] = find_suppressions(source.text, self._is_code)
        return self._suppressions[path]

    def _may_be_unused(self, text: str) -> bool:
        return has_directives(text) or (
            ("noqa" in text or "NOQA" in text) and any(code in text for code, _ in self._selection.rules)
        )

    def _is_code(self, word: str) -> bool:
        return self._selection.code(word.upper()) is not None

    def _verdict(self, path: str, suppression: Suppression) -> tuple[str, tuple[str, ...]]:
        """What is wrong with a suppression, "" if nothing, and the words that would be left of it."""
        used = {code for where, other, code in self._used if where == path and other == suppression}
        if not suppression.directive:
            return f"`{suppression.text}` is not understood: it must be `ignore` or `ignore-file`", ()
        if suppression.is_blanket:
            could_be_used = self._selection.selects_everything and suppression.directive != "noqa"
            return (f"`{suppression.text}` suppresses nothing", ()) if could_be_used and not used else ("", ())
        wrong = [word for word in suppression.words if self._is_unused(word, path, suppression, used)]
        left = tuple(word for word in suppression.words if word not in wrong)
        if suppression.directive != "noqa" and not suppression.words:
            return f"`{suppression.text}` names no rule", ()
        if not wrong:
            return "", left
        unknown = [word for word in wrong if self._selection.code(word) is None]
        reason = f"no rule is called {', '.join(unknown)}" if unknown == wrong else f"{', '.join(wrong)} is not suppressed here"
        return f"`{suppression.text}` is unused: {reason}", left

    def _is_unused(self, word: str, path: str, suppression: Suppression, used: set[str]) -> bool:
        code = self._selection.code(word)
        if code is None:
            return suppression.directive != "noqa"
        return code not in used and self._selection.is_enabled(code, path)

    def _diagnostic(self, path: str, suppression: Suppression, message: str, left: tuple[str, ...]) -> Diagnostic:
        source = self._sources[path]
        diagnostic = input_diagnostic(UNUSED, message, path, suppression.span, severity=Severity.NOTE)
        fix = _removal(source, suppression, left)
        return diagnostic if fix is None else _with_fix(diagnostic, fix)


def _with_fix(diagnostic: Diagnostic, fix: Fix) -> Diagnostic:
    from msgspec.structs import replace

    return replace(diagnostic, fix=fix)


def _removal(source: SourceFile, suppression: Suppression, left: tuple[str, ...]) -> Fix | None:
    """Takes out what is unused. A comment that says something else besides is left to its author."""
    if left:
        edit = Edit(source.path, suppression.words_span, ", ".join(left))
        return Fix(Applicability.SAFE, "Remove the unused codes from the suppression", (edit,))
    if not suppression.is_alone:
        return None
    row = suppression.span.row
    before = LineIndex(source.text).line(row)[: suppression.span.column - 1]
    if before.strip():
        span = Span(row, len(before.rstrip()) + 1, row, suppression.span.end_column)
    else:
        span = Span(row, 1, row + 1, 1)
    return Fix(Applicability.SAFE, "Remove the unused suppression", (Edit(source.path, span, ""),))
