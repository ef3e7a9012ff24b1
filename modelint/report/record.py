"""What a run hands to the reporters: a `Report`, complete and sorted, so that a reporter is a function from it to text.

Exit codes: 0 nothing to tell; 1 findings, or files that could not be analysed (each is a diagnostic without a code:
`syntax-error`, `unreadable-file`, `not-text`, ...); 2 an `internal-error` of modelint, as for usage and configuration errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from modelint.diagnostics.diagnostic import Diagnostic
from modelint.text.source import SourceFile

INTERNAL_ERROR = "internal-error"


class Report(msgspec.Struct, frozen=True):
    """The result of a run.

    `diagnostics` are sorted by place; in notebooks they are in coordinates of their cell. `counters` are what the summary shows,
    in the order of insertion. `sources` maps `SourceFile.path` to every file that a diagnostic, trace or edit mentions; the
    text of a notebook in it is the joined program (see `modelint.text.source.joined_row`). `checked` are the files that were given.
    """

    diagnostics: tuple[Diagnostic, ...]
    counters: Mapping[str, int]
    sources: Mapping[str, SourceFile]
    exit_code: int
    checked: frozenset[str] = frozenset()


def exit_code(diagnostics: Iterable[Diagnostic]) -> int:
    """The exit code that these diagnostics ask for. To be asked again by who filters them (a baseline)."""
    names = [diagnostic.name for diagnostic in diagnostics]
    if INTERNAL_ERROR in names:
        return 2
    return 1 if names else 0


def sort_key(diagnostic: Diagnostic) -> tuple[object, ...]:
    """The order of diagnostics in every report: by file, cell, place, then code."""
    return (
        diagnostic.filename,
        diagnostic.cell or 0,
        diagnostic.span,
        diagnostic.code,
        diagnostic.name,
        diagnostic.message,
    )
