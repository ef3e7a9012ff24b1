"""The source of one file with the mode of each model in the margin, line by line, for a terminal.

    1 2
    T T  14 |     optimizer.step()
    E T  15 |     evaluate(student)
      E  16 |     teacher.eval()

A line shows the modes after it has run; several ways to it are joined. Findings are drawn below their lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from modelint.diagnostics.diagnostic import Diagnostic, TraceStep
from modelint.interpreter.lanes import Lane, LaneMode
from modelint.report.columns import Window, underline
from modelint.report.paint import Paint
from modelint.report.place import printable
from modelint.report.record import Report
from modelint.report.summary import summary
from modelint.text.source import LineIndex, SourceFile, cell_place, joined_row
from modelint.text.span import Span

LETTERS: dict[LaneMode, str] = {"train": "T", "eval": "E", "mixed": "M", "unknown": "?"}
LEGEND: dict[LaneMode, str] = {
    "train": "train",
    "eval": "eval",
    "mixed": "either, by the way that leads here",
    "unknown": "not known",
}
NO_MODELS = "No model has a name in this file."


@dataclass(frozen=True, slots=True)
class Timeline:
    """A file, the models in it, and the report of a check of it. Rows of the lanes are those of `text`, which has the lines of
    `source.text` as they are written: with a notebook's magics."""

    source: SourceFile
    text: str
    lanes: tuple[Lane, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a line: the finding whose place it is, or a step of one whose place is in another file."""

    span: Span
    diagnostic: Diagnostic
    primary: bool


def render(timeline: Timeline, *, color: bool) -> str:
    """The lanes by number, the lines with their margins, the legend and the summary."""
    paint = Paint(color)
    blocks = [[paint.bold(printable(timeline.source.path))]]
    if timeline.lanes:
        blocks += [list(_titles(timeline, paint)), list(_lines(timeline, paint)), [_legend(timeline.lanes, paint)]]
    else:
        blocks.append([NO_MODELS])
    blocks.append(summary(timeline.report, statistics=False))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def described(lane: Lane, source: SourceFile) -> str:
    """What a lane is of, besides its name: `Net, created in line 12, also called `net`; and 3 more like it`."""
    pieces = [lane.class_name] if lane.class_name else []
    if lane.created is not None:
        pieces.append(f"created in {_where(lane, source)}")
    if lane.aliases:
        pieces.append("also called " + ", ".join(f"`{name}`" for name in lane.aliases))
    return ", ".join(pieces) + (f"; and {lane.others} more like it" if lane.others else "")


def told(timeline: Timeline) -> dict[int, list[Told]]:
    """What the findings say of the lines of the file, by row."""
    rows: dict[int, list[Told]] = {}
    for diagnostic in timeline.report.diagnostics:
        for place in _places(diagnostic, timeline.source.path):
            row = joined_row(timeline.source, place.cell, place.span.row)
            shifted = row - place.span.row
            span = Span(row, place.span.column, place.span.end_row + shifted, place.span.end_column)
            rows.setdefault(row, []).append(Told(span, diagnostic, place is diagnostic))
    return rows


def message(told: Told) -> str:
    """What the finding says; the line that it begins with if it is in another file is the one that it is shown at."""
    _, begins, rest = told.diagnostic.message.partition("` ")
    return rest if begins and not told.primary else told.diagnostic.message


def _places(diagnostic: Diagnostic, path: str) -> Iterable[Diagnostic | TraceStep]:
    if diagnostic.filename == path:
        return [diagnostic]
    return [step for step in diagnostic.trace if step.filename == path][:1]


def _where(lane: Lane, source: SourceFile) -> str:
    assert lane.created is not None
    row = lane.created.span.row
    if lane.created.path != source.path:
        return f"{lane.created.path}:{row}"
    place = cell_place(source, row)
    return f"line {row}" if place is None else f"cell {place.cell}, line {place.row}"


def _titles(timeline: Timeline, paint: Paint) -> Iterator[str]:
    number = len(str(len(timeline.lanes)))
    width = max(len(printable(lane.name)) for lane in timeline.lanes)
    for position, lane in enumerate(timeline.lanes, start=1):
        name = printable(lane.name)
        text = f"{paint.frame(f'{position:>{number}}')}  {paint.bold(name)}{' ' * (width - len(name))}"
        yield f"{text}  {printable(described(lane, timeline.source))}".rstrip()


def _lines(timeline: Timeline, paint: Paint) -> Iterator[str]:
    index = LineIndex(timeline.text)
    findings = told(timeline)
    number = len(str(index.rows))
    blank = " " * ((len(str(len(timeline.lanes))) + 1) * len(timeline.lanes) + 1 + number)
    if len(timeline.lanes) > 1:
        numbers = [str(position) for position in range(1, len(timeline.lanes) + 1)]
        yield _margin([(text, paint.frame(text)) for text in numbers])
    for row, heading, label in shown_rows(timeline.source, index):
        if heading:
            yield paint.frame(heading)
        margin = _margin([_letter(lane, row, paint) for lane in timeline.lanes])
        here = findings.get(row, [])
        window = Window(index.line(row), min((each.span.column for each in here), default=1))
        yield f"{margin}  {paint.frame(f'{label:>{number}} |')} {window.text}".rstrip()
        for each in here:
            yield f"{blank} {paint.frame('|')} {_drawn(each, index.line(row), window, paint)}"


def shown_rows(source: SourceFile, index: LineIndex) -> Iterator[tuple[int, str, int]]:
    """The rows of the text, each with the heading of the cell that begins there and the number that it is shown with."""
    if not source.cells:
        last = index.rows - (index.line(index.rows) == "")
        yield from ((row, "", row) for row in range(1, last + 1))
    for cell in source.cells:
        for row in range(cell.first_row, cell.first_row + cell.rows):
            shown = row - cell.first_row + 1
            yield row, f"cell {cell.number}" if shown == 1 else "", shown


def _drawn(each: Told, line: str, window: Window, paint: Paint) -> str:
    end = each.span.end_column if each.span.end_row == each.span.row else len(line.rstrip()) + 1
    name = each.diagnostic.code or each.diagnostic.name
    drawn = underline(window, each.span.column, end, "^" if each.primary else "-")
    text = f"{drawn} {name} {printable(message(each))}"
    indent = len(text) - len(text.lstrip())
    color = paint.primary if each.primary else paint.secondary
    return " " * indent + color(text.lstrip())


def _letter(lane: Lane, row: int, paint: Paint) -> tuple[str, str]:
    mark = lane.marks.get(row)
    if mark is None:
        return " ", " "
    letter = LETTERS[mark.mode]
    return letter, paint.mode(mark.mode, letter)


def _margin(cells: list[tuple[str, str]]) -> str:
    """One cell for each lane, plain and painted, all as wide as the number of the last lane."""
    number = len(str(len(cells)))
    return " ".join(" " * (number - len(plain)) + painted for plain, painted in cells)


def _legend(lanes: tuple[Lane, ...], paint: Paint) -> str:
    modes: Mapping[LaneMode, None] = {mark.mode: None for lane in lanes for mark in lane.marks.values()}
    return ", ".join(f"{paint.mode(mode, letter)} {LEGEND[mode]}" for mode, letter in LETTERS.items() if mode in modes)
