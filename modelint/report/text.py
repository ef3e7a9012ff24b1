"""Annotated source: each diagnostic with its trace drawn into the code, steps numbered in order of time.

    ML103 train-mode-not-restored: `model` is trained in the eval mode that `evaluate` leaves behind
      --> train.py:20:41
       |
     6 |     model.eval()
       |     ------------ 2: set to eval mode here
       ...
    20 |             loss = loss_of(model(x), y)
       |                            ^^^^^^^^ 3: forward pass in eval mode
       |
       = note: call `model.train()` before the loop goes on

The file of the place comes first, further files follow as `::: file`, in the order in which the trace enters them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from modelint.diagnostics.diagnostic import Diagnostic
from modelint.report.columns import Window, underline
from modelint.report.paint import Paint
from modelint.report.place import fix_title, place, printable, probe_text, title
from modelint.report.record import Report
from modelint.report.render import RenderOptions
from modelint.report.summary import summary
from modelint.text.source import LineIndex, SourceFile, joined_row
from modelint.text.span import Span


@dataclass(frozen=True, slots=True)
class _Mark:
    """Something to draw under a line. `primary`: it is the diagnostic's own place."""

    filename: str
    cell: int | None
    span: Span
    label: str
    primary: bool


def render(report: Report, options: RenderOptions) -> str:
    """The diagnostics, an empty line after each, then the summary."""
    paint = Paint(options.color)
    sources = _Sources(report.sources)
    blocks = ["\n".join(_block(diagnostic, sources, paint)) + "\n" for diagnostic in report.diagnostics]
    return "\n".join([*blocks, *summary(report, statistics=options.statistics)]) + "\n"


class _Sources:
    """Lines of the files that a report mentions."""

    def __init__(self, sources: Mapping[str, SourceFile]) -> None:
        self._sources = sources
        self._indexes: dict[str, LineIndex] = {}

    def line(self, filename: str, cell: int | None, row: int) -> str | None:
        """The text of a line, None if there is no such line or the file could not be read."""
        source = self._sources.get(filename)
        if source is None:
            return None
        index = self._indexes.setdefault(filename, LineIndex(source.text))
        joined = joined_row(source, cell, row)
        return index.line(joined) if 1 <= joined <= index.rows else None


def _block(diagnostic: Diagnostic, sources: _Sources, paint: Paint) -> Iterable[str]:
    marks = _marks(diagnostic)
    files = list(dict.fromkeys((mark.filename, mark.cell) for mark in sorted(marks, key=lambda mark: not mark.primary)))
    gutter = len(str(max(mark.span.row + 1 for mark in marks)))
    yield f"{paint.title(title(diagnostic))}: {paint.bold(printable(diagnostic.message))}"
    for number, (filename, cell) in enumerate(files):
        here = sorted((mark for mark in marks if (mark.filename, mark.cell) == (filename, cell)), key=lambda mark: mark.span)
        first = next((mark for mark in here if mark.primary), here[0])
        yield f"{' ' * gutter}{paint.frame('-->' if number == 0 else ':::')} {place(filename, cell, first.span)}"
        drawn = list(_snippet(here, sources, gutter, paint, alone=len(marks) == 1))
        if drawn:
            yield f"{' ' * gutter} {paint.frame('|')}"
            yield from drawn
    if diagnostic.notes or diagnostic.fix is not None or diagnostic.probe is not None:
        yield f"{' ' * gutter} {paint.frame('|')}"
    for note in diagnostic.notes:
        yield f"{' ' * gutter} {paint.frame('=')} {paint.bold('note')}: {printable(note)}"
    if diagnostic.probe is not None:
        yield f"{' ' * gutter} {paint.frame('=')} {paint.bold('probe')}: {printable(probe_text(diagnostic.probe))}"
    if diagnostic.fix is not None:
        yield f"{' ' * gutter} {paint.frame('=')} {paint.bold(fix_title(diagnostic.fix))}: {printable(diagnostic.fix.message)}"


def _marks(diagnostic: Diagnostic) -> list[_Mark]:
    """What to draw: every step of the trace, steps at one place together; the diagnostic's own place in any case."""
    own = (diagnostic.filename, diagnostic.cell, diagnostic.span)
    labels: dict[tuple[str, int | None, Span], list[str]] = {own: []}
    for number, step in enumerate(diagnostic.trace, start=1):
        label = f"{number}: {step.message}" if len(diagnostic.trace) > 1 else step.message
        labels.setdefault((step.filename, step.cell, step.span), []).append(label)
    return [_Mark(*where, "; ".join(texts), where == own) for where, texts in labels.items()]


def _snippet(marks: list[_Mark], sources: _Sources, gutter: int, paint: Paint, *, alone: bool) -> Iterable[str]:
    """The marked lines of one file with what is drawn under them. A single mark gets a line of context on either side."""
    rows = {mark.span.row for mark in marks}
    shown = set(rows)
    if alone:
        shown |= {row + shift for row in rows for shift in (-1, 1)}
    previous = 0
    for row in sorted(shown):
        line = sources.line(marks[0].filename, marks[0].cell, row)
        if line is None or (row not in rows and not line.strip()):
            continue
        if previous and row == previous + 2:
            yield from _line(sources.line(marks[0].filename, marks[0].cell, row - 1) or "", row - 1, (), gutter, paint)
        elif previous and row > previous + 2:
            yield paint.frame("...")
        yield from _line(line, row, [mark for mark in marks if mark.span.row == row], gutter, paint)
        previous = row


def _line(line: str, row: int, marks: Iterable[_Mark], gutter: int, paint: Paint) -> Iterable[str]:
    """A line of source and the marks under it, one below the other."""
    marks = list(marks)
    window = Window(line, min((mark.span.column for mark in marks), default=1))
    yield f"{paint.frame(f'{row:>{gutter}} |')} {window.text}".rstrip()
    for mark in marks:
        end = mark.span.end_column if mark.span.end_row == mark.span.row else len(line.rstrip()) + 1
        drawn = underline(window, mark.span.column, end, "^" if mark.primary else "-")
        text = f"{drawn} {printable(mark.label)}".rstrip()
        indent = len(text) - len(text.lstrip())
        color = paint.primary if mark.primary else paint.secondary
        yield f"{' ' * gutter} {paint.frame('|')} {' ' * indent}{color(text.lstrip())}"
