"""Moves diagnostics from the joined program of a notebook to its cells: the place, the trace and the edits of the fix."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from modelint.diagnostics.diagnostic import Diagnostic, TraceStep
from modelint.diagnostics.fix import Edit, Fix
from modelint.text.source import Cell, LineIndex, SourceFile, cell_span
from modelint.text.span import Span


def in_cells(diagnostic: Diagnostic, sources: Mapping[str, SourceFile]) -> Diagnostic:
    """The diagnostic with every place that lies in a notebook given as a place in a cell."""
    trace = tuple(_step(step, sources) for step in diagnostic.trace)
    fix = diagnostic.fix and _fix(diagnostic.fix, sources)
    source = sources.get(diagnostic.filename)
    if source is None or not source.cells or diagnostic.cell is not None:
        return replace(diagnostic, trace=trace, fix=fix)
    cell, span = cell_span(source, diagnostic.span)
    return replace(diagnostic, cell=cell, span=span, trace=trace, fix=fix)


def _step(step: TraceStep, sources: Mapping[str, SourceFile]) -> TraceStep:
    source = sources.get(step.filename)
    if source is None or not source.cells or step.cell is not None:
        return step
    cell, span = cell_span(source, step.span)
    return replace(step, cell=cell, span=span)


def _fix(fix: Fix, sources: Mapping[str, SourceFile]) -> Fix:
    return replace(fix, edits=tuple(_edit(edit, sources) for edit in fix.edits))


def _edit(edit: Edit, sources: Mapping[str, SourceFile]) -> Edit:
    source = sources.get(edit.filename)
    if source is None or not source.cells or edit.cell is not None:
        return edit
    home = _end_of_previous(source, edit.span)
    if home is not None:
        cell, span = cell_span(source, home)
        return replace(edit, cell=cell, span=span, content="\n" + edit.content.removesuffix("\n"))
    cell, span = cell_span(source, edit.span)
    return replace(edit, cell=cell, span=span)


def _end_of_previous(source: SourceFile, span: Span) -> Span | None:
    """Where whole lines go that are to be inserted before a row that is no place for them: the first of a cell that begins
    with a cell magic, or the one after the last cell. None where the span itself will do."""
    if span != (span.row, 1, span.row, 1):
        return None
    previous: Cell | None = None
    for cell in source.cells:
        if cell.first_row == span.row and not cell.has_magic:
            return None
        if cell.first_row >= span.row:
            break
        previous = cell
    if previous is None or span.row != previous.first_row + previous.rows:
        return None
    row = previous.first_row + previous.rows - 1
    column = len(LineIndex(source.text).line(row)) + 1
    return Span(row, column, row, column)
