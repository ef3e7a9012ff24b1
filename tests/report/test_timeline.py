"""The timeline as text and as a page."""

from __future__ import annotations

from html.parser import HTMLParser

import msgspec
import pytest

from modelint.events import Site
from modelint.interpreter.lanes import Lane, LaneMode, Mark
from modelint.report import timeline_html
from modelint.report.highlight import highlighted
from modelint.report.record import Report
from modelint.report.timeline import Timeline, render
from modelint.text.source import Cell, SourceFile
from modelint.text.span import Span
from tests.report.conftest import TRAIN, loop

VOID = {"meta", "br"}


def marks(name: str, **rows: LaneMode) -> dict[int, Mark]:
    return {int(row[1:]): Mark(mode, (name,)) for row, mode in rows.items()}


def lane(name: str = "model", **rows: LaneMode) -> Lane:
    return Lane(name, "Net", Site("train.py", "<module>", Span(1, 1, 1, 5)), ("net",), marks(name, **rows))


def of(*lanes: Lane, text: str = TRAIN, report: Report | None = None) -> Timeline:
    source = SourceFile("train.py", "/p/train.py", text)
    return Timeline(source, text, lanes, report or Report((), {"files checked": 1}, {}, 0))


class TestText:
    def test_modes_stand_in_the_margin(self):
        assert (
            render(of(lane(r3="mixed", r4="train", r5="eval")), color=False)
            == """\
train.py

1  model  Net, created in line 1, also called `net`

   1 | import helpers
   2 |
M  3 | for batch in data:
T  4 |     loss = model(batch)
E  5 |     helpers.evaluate(model)

T train, E eval, M either, by the way that leads here

Found nothing; files checked: 1.
"""
        )

    def test_several_lanes_have_numbers(self):
        text = render(of(lane(r3="train"), lane("teacher", r4="unknown")), color=False)
        assert "\n1  model    Net, created" in text
        assert "\n1 2\n" in text
        assert "\nT    3 | for batch in data:\n  ?  4 |     loss = model(batch)\n" in text
        assert "? not known" in text

    def test_more_than_nine_lanes_keep_their_columns(self):
        text = render(of(*(lane(f"m{number}", r3="train") for number in range(10))), color=False)
        assert "\n 1  2  3  4  5  6  7  8  9 10\n" in text
        assert "\n T  T  T  T  T  T  T  T  T  T  3 | for" in text

    def test_findings_are_drawn_below_their_lines(self):
        report = Report((loop(),), {"files checked": 1}, {}, 1)
        text = render(of(lane(r4="eval"), report=report), color=False)
        assert "\nE  4 |     loss = model(batch)\n     |            ^^^^^^^^^^^^ ML103 `model` is trained in the eval" in text

    def test_a_finding_in_another_file_is_told_at_its_first_step_here(self):
        message = "`helpers.py:2` set to eval mode here: `model` is trained in eval mode"
        report = Report((msgspec.structs.replace(loop(), message=message),), {"files checked": 1}, {}, 1)
        source = SourceFile("helpers.py", "/p/helpers.py", "def evaluate(model):\n    model.eval()\n")
        text = render(Timeline(source, source.text, (lane(r2="eval"),), report), color=False)
        assert "\n     |     ------------ ML103 set to eval mode here: `model` is trained in eval mode\n" in text

    def test_cells_have_rows_of_their_own(self):
        text = "import x\n%time y\nmodel.eval()\n"
        source = SourceFile("a.ipynb", "/p/a.ipynb", "", is_notebook=True, cells=(Cell(2, 1, 1), Cell(3, 2, 2)))
        shown = render(Timeline(source, text, (lane(r3="eval"),), Report((), {"files checked": 1}, {}, 0)), color=False)
        assert "\ncell 2\n   1 | import x\ncell 3\n   1 | %time y\nE  2 | model.eval()\n" in shown

    def test_a_file_without_models(self):
        assert "\nNo model has a name in this file.\n" in render(of(), color=False)

    def test_colours(self):
        timeline = of(lane(r3="mixed", r4="train", r5="eval"))
        assert "\x1b[1;32mT\x1b[0m" in render(timeline, color=True)
        assert "\x1b" not in render(timeline, color=False)

    def test_source_cannot_steer_the_terminal(self):
        assert "\x1b" not in render(of(lane("m\x1b[2J", r1="train"), text="x = '\x1b[2J'\n"), color=False)


class Page(HTMLParser):
    """Notes what a page consists of; raises if its elements are not nested."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.elements: set[str] = set()
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.elements.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


class TestPage:
    @pytest.fixture
    def html(self) -> str:
        report = Report((loop(),), {"files checked": 1}, {}, 1)
        return timeline_html.render(of(lane(r3="mixed", r4="train", r5="eval"), lane("teacher", r4="unknown"), report=report))

    def test_needs_nothing_else(self, html):
        page = Page(html)
        assert page.elements.isdisjoint({"script", "link", "img", "iframe"})
        assert "url(" not in html
        assert "@import" not in html
        assert page.links
        assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
        assert len(set(page.ids)) == len(page.ids)

    def test_every_line_has_a_cell_for_each_lane(self, html):
        rows = [line for line in html.splitlines() if line.startswith('<tr id="L')]
        assert len(rows) == TRAIN.count("\n")
        assert all(row.count('<td class="lane') == 2 for row in rows)
        assert '<td class="lane train" title="model: train"><b>T</b></td>' in rows[3]
        assert '<td class="lane unknown" title="teacher: not known"><b>?</b></td>' in rows[3]

    def test_a_finding_shows_its_trace(self, html):
        assert '<div class="finding finding-0" tabindex="0"><span class="badge">ML103</span>' in html
        assert '<span class="step step-0"><b>1</b> calls <code>evaluate</code></span>' in html
        assert "<li>set to eval mode here <small>helpers.py:2:5</small></li>" in html
        assert '<li>forward pass in eval mode <small><a href="#L4">train.py:4:9</a></small></li>' in html
        assert "body:has(.finding-0:is(:hover, :focus-within)) .step-0 { display: inline-block; }" in html
        assert "unsafe fix: Call <code>train()</code>" in html

    def test_source_is_escaped(self):
        html = timeline_html.render(of(lane("<b>", r1="train"), text="x = '<script>&'\n"))
        assert "<script>" not in html
        assert "&lt;script&gt;&amp;" in html
        Page(html)

    def test_both_schemes(self, html):
        assert "color-scheme: light dark" in html
        assert "@media (prefers-color-scheme: dark)" in html

    @pytest.mark.parametrize(
        ("between", "bridged"),
        [("\n# why\n", True), ("\n" * 9, False), ("def f():\n", False), ("    @wrapped\n", False), ("    x = 1\n", True)],
        ids=["a comment", "too far", "outside of the block", "another function", "inside"],
    )
    def test_a_lane_goes_through_a_few_lines_of_its_block(self, between, bridged):
        text = f"    first()\n{between}    second()\n" if "#" not in between else f"first()\n{between}second()\n"
        last = text.count("\n")
        html = timeline_html.render(of(lane(r1="eval", **{f"r{last}": "eval"}), text=text))
        assert ('<td class="lane bridge eval">' in html) is bridged


class TestHighlight:
    @pytest.mark.parametrize(
        ("text", "marked"),
        [
            ("if x:", ['<span class="keyword">if</span> x:']),
            ("notify # if", ['notify <span class="comment"># if</span>']),
            ("rb'#' + 1", ['<span class="string">rb&#x27;#&#x27;</span> + 1']),
            (
                '"""a\nb""" c',
                ['<span class="string">&quot;&quot;&quot;a</span>', '<span class="string">b&quot;&quot;&quot;</span> c'],
            ),
            ("'open\nx", ['<span class="string">&#x27;open</span>', "x"]),
            ("'\\'' y", ['<span class="string">&#x27;\\&#x27;&#x27;</span> y']),
        ],
        ids=["keyword", "comment", "prefix", "several lines", "not closed", "escaped quote"],
    )
    def test_lines(self, text, marked):
        assert highlighted(text) == marked

    def test_nothing_is_lost(self):
        import re
        from html import unescape

        assert unescape(re.sub("<[^>]*>", "", "\n".join(highlighted(TRAIN)))) == TRAIN.replace("\t", "    ")
