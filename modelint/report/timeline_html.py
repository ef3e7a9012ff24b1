"""The timeline as a web page that needs nothing else: a lane for each model beside the source, and findings with their traces.

A finding shows its trace when it is pointed at or reached with the keyboard: the steps in the file at their lines, all of them in
a card; a click keeps it. That is done by the style alone (`:has`), there is no script in the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from itertools import pairwise

from modelint.diagnostics.diagnostic import Diagnostic, TraceStep
from modelint.interpreter.lanes import Lane, LaneMode
from modelint.report.columns import WIDEST_LINE, Window
from modelint.report.highlight import highlighted
from modelint.report.place import fix_title, place, printable, title
from modelint.report.summary import summary
from modelint.report.timeline import LEGEND, LETTERS, NO_MODELS, Timeline, Told, described, message, shown_rows, told
from modelint.text.source import LineIndex, SourceFile, joined_row

BRIDGED = 8
"""Lines without models that a lane goes through if it is in the same mode before and after."""
DEFINITIONS = ("def ", "async def ", "class ", "@")


def render(timeline: Timeline) -> str:
    """The whole page."""
    name = escape(printable(timeline.source.path))
    style = files("modelint.report").joinpath("timeline.css").read_text(encoding="utf-8")
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{name} - modelint timeline</title>",
        f"<style>\n{style}{''.join(_reveal(number) for number in range(len(timeline.report.diagnostics)))}</style></head><body>",
        f"<header><h1>{name}</h1>",
        *_models(timeline),
        *_legend(timeline.lanes),
        "</header><main><table>",
        *_head(timeline.lanes),
        "<tbody>",
        *_body(timeline),
        "</tbody></table></main>",
        f"<footer>{'<br>'.join(_text(line) for line in summary(timeline.report, statistics=False))}</footer>",
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


def _reveal(number: int) -> str:
    """The steps of a finding are shown while it is pointed at."""
    pointed = f"body:has(.finding-{number}:is(:hover, :focus-within))"
    return f"{pointed} .step-{number} {{ display: inline-block; }}\n"


# ------------------------------------------------------------------ models
def _models(timeline: Timeline) -> Iterator[str]:
    if not timeline.lanes:
        yield f"<p>{NO_MODELS}</p>"
        return
    yield '<ol class="models">'
    for lane in timeline.lanes:
        about = _text(described(lane, timeline.source))
        if lane.created is not None and lane.created.path == timeline.source.path:
            about = f'<a href="#{_anchor(lane.created.span.row)}">{about}</a>'
        yield f"<li><code>{escape(printable(lane.name))}</code> {about}</li>"
    yield "</ol>"


def _legend(lanes: Iterable[Lane]) -> Iterator[str]:
    modes = {mark.mode for lane in lanes for mark in lane.marks.values()}
    if modes:
        shown = (
            f'<span><i class="lane {mode}"><b>{letter}</b></i> {LEGEND[mode]}</span>'
            for mode, letter in LETTERS.items()
            if mode in modes
        )
        yield f'<p class="legend">{" ".join(shown)} <span>after the line has run</span></p>'


def _head(lanes: tuple[Lane, ...]) -> Iterator[str]:
    if len(lanes) > 1:
        cells = "".join(
            f'<th title="{escape(printable(lane.name))}">{number}</th>' for number, lane in enumerate(lanes, start=1)
        )
        yield f"<thead><tr>{cells}<th></th><th></th></tr></thead>"


# ------------------------------------------------------------------ lines
def _body(timeline: Timeline) -> Iterator[str]:
    source, lanes = timeline.source, timeline.lanes
    lines = highlighted(timeline.text)
    index = LineIndex(timeline.text)
    findings, steps = told(timeline), _steps(timeline)
    bridges = _bridges(timeline, index)
    numbers = {diagnostic: number for number, diagnostic in enumerate(timeline.report.diagnostics)}
    for row, heading, label in shown_rows(source, index):
        if heading:
            yield f'<tr class="cell"><td colspan="{len(lanes) + 2}">{escape(heading)}</td></tr>'
        here = findings.get(row, [])
        margin = "".join(_mark(lane, bridge, row) for lane, bridge in zip(lanes, bridges, strict=True))
        marks = "".join(_underline(each, index.line(row)) for each in here)
        badges = "".join(_finding(each, numbers[each.diagnostic], source) for each in here)
        code = f'<td class="code"><pre>{lines[row - 1]}{marks}</pre>{"".join(steps.get(row, []))}{badges}</td>'
        kind = ' class="found"' if here else ""
        yield f'<tr id="{_anchor(row)}"{kind}>{margin}<td class="row">{label}</td>{code}</tr>'


def _mark(lane: Lane, bridge: dict[int, LaneMode], row: int) -> str:
    mark = lane.marks.get(row)
    if mark is None:
        return f'<td class="lane bridge {bridge[row]}"></td>' if row in bridge else '<td class="lane"></td>'
    here = f" (here {', '.join(mark.names[:3])})" if lane.name not in mark.names else ""
    tip = escape(printable(f"{lane.name}{here}: {LEGEND[mark.mode]}"))
    return f'<td class="lane {mark.mode}" title="{tip}"><b>{LETTERS[mark.mode]}</b></td>'


def _bridges(timeline: Timeline, index: LineIndex) -> list[dict[int, LaneMode]]:
    """For each lane, the modes of the few lines between two marks that are the same: whatever is in the same cell, in no other
    function and not outside of the block of both."""
    begins = {cell.first_row for cell in timeline.source.cells}
    lines = [index.line(row) for row in range(index.rows + 1)]
    depths = [len(line) - len(line.lstrip()) for line in lines]
    bridges: list[dict[int, LaneMode]] = []
    for lane in timeline.lanes:
        found: dict[int, LaneMode] = {}
        bridges.append(found)
        for before, after in pairwise(lane.marks):
            between = range(before + 1, after)
            depth = min(depths[before], depths[after])
            inside = all(
                depths[row] >= depth and not lines[row].lstrip().startswith(DEFINITIONS)
                for row in between
                if lines[row].strip()
            )
            same = lane.marks[before].mode == lane.marks[after].mode
            if same and inside and len(between) <= BRIDGED and begins.isdisjoint(range(before + 1, after + 1)):
                found.update(dict.fromkeys(between, lane.marks[before].mode))
    return bridges


# ------------------------------------------------------------------ findings
def _steps(timeline: Timeline) -> dict[int, list[str]]:
    """The steps of all traces that lie in the file, by row."""
    found: dict[int, list[str]] = {}
    for number, diagnostic in enumerate(timeline.report.diagnostics):
        for position, step in enumerate(diagnostic.trace, start=1):
            if step.filename == timeline.source.path:
                text = f'<span class="step step-{number}"><b>{position}</b> {_text(step.message)}</span>'
                found.setdefault(joined_row(timeline.source, step.cell, step.span.row), []).append(text)
    return found


def _underline(each: Told, line: str) -> str:
    if len(line) > WIDEST_LINE:
        return ""
    window = Window(line, 1)
    start = window.offset(each.span.column)
    end = window.offset(each.span.end_column) if each.span.end_row == each.span.row else window.offset(len(line.rstrip()) + 1)
    return f'<span class="underline" style="left: {start}ch; width: {max(end - start, 1)}ch"></span>'


def _finding(each: Told, number: int, source: SourceFile) -> str:
    diagnostic = each.diagnostic
    name = escape(diagnostic.code or diagnostic.name)
    card = "".join(_card(diagnostic, source))
    return (
        f'<div class="finding finding-{number}" tabindex="0"><span class="badge">{name}</span> {_text(message(each))}'
        f'<div class="card">{card}</div></div>'
    )


def _card(diagnostic: Diagnostic, source: SourceFile) -> Iterator[str]:
    yield f"<p>{escape(title(diagnostic))}</p>"
    if diagnostic.trace:
        yield f"<ol>{''.join(_step(step, source) for step in diagnostic.trace)}</ol>"
    for note in diagnostic.notes:
        yield f"<p>note: {_text(note)}</p>"
    if diagnostic.fix is not None:
        yield f"<p>{fix_title(diagnostic.fix)}: {_text(diagnostic.fix.message)}</p>"


def _step(step: TraceStep, source: SourceFile) -> str:
    where = escape(place(step.filename, step.cell, step.span))
    if step.filename == source.path:
        where = f'<a href="#{_anchor(joined_row(source, step.cell, step.span.row))}">{where}</a>'
    return f"<li>{_text(step.message)} <small>{where}</small></li>"


def _text(text: str) -> str:
    """Prose with code between backticks."""
    pieces = escape(printable(text)).split("`")
    return "".join(f"<code>{piece}</code>" if number % 2 else piece for number, piece in enumerate(pieces))


def _anchor(row: int) -> str:
    return f"L{row}"
