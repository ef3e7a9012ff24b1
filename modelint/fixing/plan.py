"""Which of the fixes that diagnostics offer are made now: `plan(diagnostics, ...) -> FixPlan`.

A fix is made whole or not at all. Of two that touch the same text the one further up is made and the other waits for the next
round, when it is made anew from the changed text; so the order of the diagnostics does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal, TypeAlias

import msgspec

from modelint.diagnostics.diagnostic import Diagnostic
from modelint.diagnostics.fix import Applicability, Edit
from modelint.text.span import Span

Key: TypeAlias = "tuple[str, str, str]"
"""What identifies a finding between two rounds: file, code and fingerprint."""
Reason: TypeAlias = Literal["unsafe", "display", "elsewhere", "no help", "waits"]
"""Why a fix is not made: it is unsafe or only shown, it changes a file that was not given, it was tried and made nothing better,
it overlaps another one."""


class Skipped(msgspec.Struct, frozen=True):
    """A diagnostic whose fix is not made, and why."""

    diagnostic: Diagnostic
    reason: Reason


class FixPlan(msgspec.Struct, frozen=True):
    """The edits to make by file, the diagnostics that they fix, and those that have a fix that is not made."""

    edits: dict[str, tuple[Edit, ...]]
    applied: tuple[Diagnostic, ...]
    skipped: tuple[Skipped, ...]


def key_of(diagnostic: Diagnostic) -> Key:
    """The key of a diagnostic."""
    return diagnostic.filename, diagnostic.code or diagnostic.name, diagnostic.fingerprint


def plan(
    diagnostics: Iterable[Diagnostic],
    *,
    unsafe: bool,
    may_edit: Callable[[str], bool],
    useless: AbstractSet[Key] = frozenset(),
) -> FixPlan:
    """The fixes to make: safe ones, also the unsafe ones if `unsafe`, none with an edit in a file that `may_edit` refuses."""
    taken: dict[str, list[Edit]] = {}
    applied: list[Diagnostic] = []
    skipped: list[Skipped] = []
    for diagnostic in sorted((each for each in diagnostics if each.fix is not None and each.fix.edits), key=_order):
        edits = diagnostic.fix.edits if diagnostic.fix is not None else ()
        reason = _refused(diagnostic, unsafe=unsafe, may_edit=may_edit, useless=useless) or _overlap(edits, taken)
        if reason is not None:
            skipped.append(Skipped(diagnostic, reason))
            continue
        applied.append(diagnostic)
        for edit in edits:
            taken.setdefault(edit.filename, []).append(edit)
    return FixPlan({name: tuple(_unique(edits)) for name, edits in sorted(taken.items())}, tuple(applied), tuple(skipped))


def _order(diagnostic: Diagnostic) -> tuple[object, ...]:
    edits = diagnostic.fix.edits if diagnostic.fix is not None else ()
    return (*min(map(_place, edits)), diagnostic.code, diagnostic.fingerprint, diagnostic.message)


def _place(edit: Edit) -> tuple[str, int, Span, str]:
    return edit.filename, edit.cell or 0, edit.span, edit.content


def _unique(edits: Iterable[Edit]) -> Sequence[Edit]:
    """Two findings may want the very same edit."""
    return sorted(dict.fromkeys(edits), key=_place)


def _refused(
    diagnostic: Diagnostic, *, unsafe: bool, may_edit: Callable[[str], bool], useless: AbstractSet[Key]
) -> Reason | None:
    fix = diagnostic.fix
    if fix is None or fix.applicability is Applicability.DISPLAY:
        return "display"
    if fix.applicability is Applicability.UNSAFE and not unsafe:
        return "unsafe"
    if not all(may_edit(edit.filename) for edit in fix.edits):
        return "elsewhere"
    return "no help" if key_of(diagnostic) in useless else None


def _overlap(edits: Sequence[Edit], taken: dict[str, list[Edit]]) -> Reason | None:
    clash = any(_overlaps(edit, other) for edit in edits for other in taken.get(edit.filename, ()))
    return "waits" if clash else None


def _overlaps(one: Edit, other: Edit) -> bool:
    """Two insertions do not overlap, and an edit does not overlap itself; other edits do also where they only touch."""
    if one.cell != other.cell or one == other:
        return False
    start, end, other_start, other_end = one.span[:2], one.span[2:], other.span[:2], other.span[2:]
    if start == end and other_start == other_end:
        return False
    return start <= other_end and other_start <= end
