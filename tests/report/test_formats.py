"""Every format says the same, each in its own way."""

from __future__ import annotations

import json

import pytest

from modelint.config.schema import OUTPUT_FORMATS
from modelint.errors import UsageError
from modelint.report.record import Report
from modelint.report.render import RenderOptions, render
from modelint.text.source import SourceFile
from modelint.text.span import Span
from tests.report.conftest import loop

PLAIN = RenderOptions()
EMPTY = Report((), {"files checked": 3}, {}, 0)
KEYS = ["code", "name", "message", "filename", "cell", "location", "end_location", "fix", "url"]
OUR_KEYS = ["severity", "confidence", "trace", "fingerprint", "probe"]


class TestText:
    def test_trace_is_drawn_into_both_files(self, report):
        expected = """\
ML103 train-mode-not-restored (likely): `model` is trained in the eval mode that `evaluate` leaves behind
 --> train.py:4:9
  |
4 |     loss = model(batch)
  |            ^^^^^^^^^^^^ 3: forward pass in eval mode
5 |     helpers.evaluate(model)
  |     ----------------------- 1: calls `evaluate`
 ::: helpers.py:2:5
  |
2 |     model.eval()
  |     ------------ 2: set to eval mode here
  |
  = note: call `model.train()` before the loop goes on
"""
        assert render(report, "text", PLAIN).startswith(expected)

    def test_notebook_cell_has_rows_of_its_own(self, report):
        text = render(report, "text", PLAIN)
        assert " --> a.ipynb:cell 3:1:1\n" in text
        assert "1 | model.eval\n  | ^^^^^^^^^^\n" in text

    def test_file_without_source_still_has_its_place(self, report):
        assert "syntax-error: invalid syntax\n --> bad, really: 100%.py:7:1\n" in render(report, "text", PLAIN)

    def test_summary_names_what_was_left_out(self, report):
        assert render(report, "text", PLAIN).endswith(
            "\nFound 3 diagnostics in 3 files; 1 can be fixed with `modelint fix --apply --unsafe-fixes`; files checked: 4; files not parsed: 1.\n"
        )

    def test_statistics_count_everything(self, report):
        text = render(report, "text", RenderOptions(statistics=True))
        assert "\n1  ML103 train-mode-not-restored\n" in text
        assert "\n0  loops cut short\n" in text

    def test_nothing_found(self):
        assert render(EMPTY, "text", PLAIN) == "Found nothing; files checked: 3.\n"

    def test_no_escape_sequences_without_colour(self, report):
        assert "\x1b" not in render(report, "text", PLAIN)
        assert "\x1b[1;31mML103" in render(report, "text", RenderOptions(color=True))

    @pytest.mark.parametrize(
        ("line", "span", "underlined"),
        [
            ("模型(批) # x", Span(1, 4, 1, 5), "     ^^"),
            ("\ta\tb", Span(1, 4, 1, 5), "         ^"),
            ("e\N{COMBINING ACUTE ACCENT}x", Span(1, 3, 1, 4), " ^"),
            ("f(a,", Span(1, 1, 3, 2), "^^^^"),
        ],
        ids=["wide characters", "tabs", "combining characters", "a span of several lines"],
    )
    def test_columns_of_a_terminal(self, line, span, underlined):
        import msgspec

        found = msgspec.structs.replace(loop(), span=span, trace=())
        text = render(Report((found,), {}, {"train.py": SourceFile("train.py", "", line)}, 1), "text", PLAIN)
        assert f"\n  | {underlined}\n" in text

    def test_long_line_is_cut_around_the_place(self):
        import msgspec

        found = msgspec.structs.replace(loop(), span=Span(1, 5001, 1, 5004), trace=())
        source = SourceFile("train.py", "", "x" * 5000 + "bad" + "y" * 5000)
        text = render(Report((found,), {}, {"train.py": source}, 1), "text", PLAIN)
        shown, drawn = text.split("\n")[3:5]
        assert len(shown) < 200
        assert shown[drawn.index("^") : drawn.rindex("^") + 1] == "bad"

    def test_source_cannot_steer_the_terminal(self):
        import msgspec

        found = msgspec.structs.replace(loop(), span=Span(1, 1, 1, 2), trace=())
        source = SourceFile("train.py", "", "x = '\x1b[2J\u202e'")
        text = render(Report((found,), {}, {"train.py": source}, 1), "text", PLAIN)
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_concise_is_one_line_each(report):
    assert render(report, "concise", PLAIN).split("\n")[:3] == [
        "train.py:4:9: ML103 (likely) [?] `model` is trained in the eval mode that `evaluate` leaves behind",
        "a.ipynb:cell 3:1:1: ML105 `model.eval` is not called: without parentheses it changes nothing",
        "bad, really: 100%.py:7:1: syntax-error invalid syntax",
    ]


class TestJson:
    def test_keys(self, report):
        first, second, third = json.loads(render(report, "json", PLAIN))
        assert list(first) == [*KEYS, *OUR_KEYS]
        assert first["location"] == {"row": 4, "column": 9}
        assert first["end_location"] == {"row": 4, "column": 21}
        assert first["confidence"] == "likely"
        assert [list(step) for step in first["trace"]] == [["message", "filename", "location", "end_location"]] * 3
        assert list(first["fix"]) == ["applicability", "message", "edits"]
        assert [list(edit) for edit in first["fix"]["edits"]] == [["content", "location", "end_location"]]
        assert (second["cell"], second["fix"]) == (3, None)
        assert (third["code"], third["severity"]) == (None, "error")

    def test_nothing_found_is_an_empty_array(self):
        assert json.loads(render(EMPTY, "json", PLAIN)) == []

    def test_lines_hold_the_same_objects(self, report):
        lines = render(report, "jsonl", PLAIN).splitlines()
        assert [json.loads(line) for line in lines] == json.loads(render(report, "json", PLAIN))


class TestGithub:
    def test_place_and_trace(self, report):
        first = render(report, "github", PLAIN).splitlines()[0]
        assert first.startswith(
            "::warning title=modelint (ML103),file=train.py,line=4,col=9,endLine=4,endColumn=21::train.py:4:9: ML103 `"
        )
        assert "%0A2. helpers.py:2:5: set to eval mode here%0A" in first

    def test_cells_have_no_line(self, report):
        assert "::warning title=modelint (ML105),file=a.ipynb::a.ipynb:cell 3:1:1" in render(report, "github", PLAIN)

    def test_properties_and_message_are_escaped_differently(self, report):
        last = render(report, "github", PLAIN).splitlines()[-1]
        assert last.startswith("::error title=modelint,file=bad%2C really%3A 100%25.py,line=7,")
        assert last.endswith("::bad, really: 100%25.py:7:1: syntax-error invalid syntax")


@pytest.mark.parametrize("name", OUTPUT_FORMATS)
def test_every_format_renders_an_empty_report(name):
    assert render(EMPTY, name, PLAIN).endswith("\n") or name in ("jsonl", "github")


def test_unknown_format():
    with pytest.raises(UsageError, match="no output format"):
        render(EMPTY, "picture", PLAIN)
