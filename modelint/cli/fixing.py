"""What `modelint fix`, `check --fix` and `check --diff` have in common: show the diff, write the files, say what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from modelint.fixing.loop import ChangedFile, Fixed

_REASONS = {
    "unsafe": "unsafe and made with --unsafe-fixes only",
    "elsewhere": "in files that were not given",
    "no help": "tried without success",
    "display": "only shown",
    "waits": "left for another run",
}


def show_diff(files: Iterable[ChangedFile], *, color: bool) -> None:
    """The changes on standard output."""
    from modelint.report.diff import render

    for file in files:
        click.echo(render(file.path, file.before, file.after, color=color), nl=False, color=True)


def write_files(files: Iterable[ChangedFile]) -> dict[str, str]:
    """Writes the files; why by path, where one could not be written."""
    from modelint.fixing.write import WriteError, write

    failed = {}
    for file in files:
        try:
            write(file)
        except WriteError as error:
            failed[file.path] = str(error)
    return failed


def told(fixed: Fixed, *, written: bool, failed: Collection[str] = ()) -> str:
    """What was done, in one line: `Fixed 3 findings in 2 files; 1 fix is unsafe and made with --unsafe-fixes only.` `failed`: the paths
    that could not be written, with which a fix is not made."""
    made = [each for each in fixed.applied if not any(edit.filename in failed for edit in (each.fix.edits if each.fix else ()))]
    number, files = len(made), sum(file.path not in failed for file in fixed.files)
    verb = "Fixed" if written else "Would fix"
    pieces = [
        f"{verb} {_count(number, 'finding')} in {_count(files, 'file')}"
        if number
        else "Nothing fixed"
        if failed
        else "Nothing to fix"
    ]
    reasons = Counter(_REASONS[skipped.reason] for skipped in fixed.skipped)
    pieces += [
        f"{_count(count, 'fix', 'fixes')} {'is' if count == 1 else 'are'} {text}" for text, count in sorted(reasons.items())
    ]
    return "; ".join(pieces) + "."


def _count(number: int, thing: str, things: str = "") -> str:
    return f"{number} {thing if number == 1 else things or thing + 's'}"
