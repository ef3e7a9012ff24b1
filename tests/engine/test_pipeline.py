"""Which files are analysed, and what becomes of the diagnostics: selection, suppression, notebooks, single files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from modelint.config.load import load_config
from modelint.diagnostics.diagnostic import Confidence, Diagnostic, TraceStep
from modelint.diagnostics.fix import Applicability, Edit, Fix
from modelint.engine.options import Options
from modelint.engine.pipeline import check
from modelint.text.span import Span
from tests.engine.conftest import Run, Say, notebook, told, write


def at(
    row: int, path: str = "a.py", code: str = "ML103", *, trace: tuple[TraceStep, ...] = (), **settings: object
) -> Diagnostic:
    span = Span(row, 1, row, 2)
    return Diagnostic(code, "name", "message", path, span, trace=trace, **settings)  # type: ignore[arg-type]


def step(row: int, path: str = "a.py") -> TraceStep:
    return TraceStep("set to eval here", path, Span(row, 1, row, 2))


CODE = "import torch\nf()\ng(\n  1,\n)\n"


def test_diagnostics_are_sorted_and_told_once(run: Run, say: Say) -> None:
    say(at(3), at(1, "b.py"), at(2), at(3))
    report = run({"a.py": CODE, "b.py": CODE})
    assert [row for _, _, row in told(report)] == [2, 3, 1]
    assert set(report.sources) == {"a.py", "b.py"}
    assert report.exit_code == 1


def test_rules_that_are_switched_off_say_nothing(run: Run, say: Say) -> None:
    say(at(2), at(3, code="ML104"))
    assert [found.code for found in run({"a.py": CODE}, ignore=("ML104",)).diagnostics] == ["ML103"]
    assert run({"a.py": CODE}, per_file_ignores={"a.py": ("ML1",)}).exit_code == 0


def test_likely_ones_can_be_left_out(run: Run, say: Say) -> None:
    say(at(2, confidence=Confidence.LIKELY), at(3))
    assert [row for _, _, row in told(run({"a.py": CODE}, min_confidence="certain"))] == [3]


@pytest.mark.parametrize(
    "comment",
    [
        "# modelint: ignore[ML103]",
        "# modelint: ignore",
        "# noqa: ML103",
        "# noqa",
        "# modelint: ignore[train-mode-not-restored]",
    ],
)
def test_a_comment_silences_at_the_place_and_on_the_trace(run: Run, say: Say, comment: str) -> None:
    say(at(2))
    assert not run({"a.py": CODE.replace("f()", f"f()  {comment}")}).diagnostics
    say(at(3, "b.py", trace=(step(2),)))
    report = run({"a.py": CODE.replace("f()", f"f()  {comment}"), "b.py": CODE})
    assert not report.diagnostics
    assert report.counters["findings suppressed"] == 1


def test_a_comment_for_another_rule_does_not_silence(run: Run, say: Say) -> None:
    say(at(2))
    report = run({"a.py": CODE.replace("f()", "f()  # noqa: ML104, F401")})
    assert [found.name for found in report.diagnostics] == ["name", "unused-suppression"]


def test_a_file_can_be_silenced(run: Run, say: Say) -> None:
    say(at(2), at(3, code="ML104"))
    report = run({"a.py": CODE + "# modelint: ignore-file[ML103]\n"})
    assert [found.code for found in report.diagnostics] == ["ML104"]


def test_a_call_over_lines_is_silenced_on_its_first_line(run: Run, say: Say) -> None:
    say(at(4))
    assert not run({"a.py": CODE.replace("g(", "g(  # modelint: ignore")}).diagnostics


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# modelint: ignore[ML103]", "`# modelint: ignore[ML103]` is unused: ML103 is not suppressed here"),
        ("# modelint: ignore", "`# modelint: ignore` suppresses nothing"),
        ("# modelint: ignore[]", "`# modelint: ignore[]` names no rule"),
        ("# modelint: ignore[ML999]", "`# modelint: ignore[ML999]` is unused: no rule is called ML999"),
        ("# modelint: ingore", "`# modelint: ingore` is not understood: it must be `ignore` or `ignore-file`"),
        ("# noqa: ML103", "`# noqa: ML103` is unused: ML103 is not suppressed here"),
    ],
)
def test_an_unused_suppression_is_told(run: Run, say: Say, comment: str, message: str) -> None:
    say()
    report = run({"a.py": f"import torch\nf()  {comment}\n"})
    assert [(found.code, found.name, found.message) for found in report.diagnostics] == [("", "unused-suppression", message)]
    assert report.exit_code == 1


@pytest.mark.parametrize("comment", ["# noqa", "# noqa: F401"])
def test_other_tools_comments_are_not_held_against_anyone(run: Run, say: Say, comment: str) -> None:
    say()
    assert not run({"a.py": f"import torch\nf()  {comment}\n"}).diagnostics


def test_comments_for_rules_that_are_switched_off_are_not_unused(run: Run, say: Say) -> None:
    say()
    text = "import torch\nf()  # modelint: ignore[ML103]\ng()  # modelint: ignore\n"
    assert not run({"a.py": text}, ignore=("ML103",)).diagnostics


def test_a_comment_that_silences_a_likely_finding_is_used_whatever_is_shown(run: Run, say: Say) -> None:
    say(at(2, confidence=Confidence.LIKELY))
    assert not run({"a.py": CODE.replace("f()", "f()  # noqa: ML103")}, min_confidence="certain").diagnostics


@pytest.mark.parametrize(
    ("line", "fixed"),
    [
        ("f()  # modelint: ignore[ML103]", "f()"),
        ("f()  # modelint: ignore[ML104, ML103]", "f()  # modelint: ignore[ML104]"),
        ("f()  # noqa: F401, ML103", "f()  # noqa: F401"),
    ],
)
def test_the_fix_takes_out_what_is_unused(run: Run, say: Say, line: str, fixed: str) -> None:
    say(at(2, code="ML104") if "ML104" in line else at(1, code="ML105"))
    report = run({"a.py": f"import torch\n{line}\n"})
    [diagnostic] = [found for found in report.diagnostics if found.name == "unused-suppression"]
    assert diagnostic.fix is not None
    [edit] = diagnostic.fix.edits
    assert line[: edit.span.column - 1] + edit.content + line[edit.span.end_column - 1 :] == fixed


def test_places_in_notebooks_are_places_in_cells(run: Run, say: Say) -> None:
    edits = (Edit("n.ipynb", Span(4, 1, 4, 1), "model.train()\n"), Edit("n.ipynb", Span(5, 1, 5, 1), "after()\n"))
    fix = Fix(Applicability.SAFE, "Put it back", edits)
    say(at(3, "n.ipynb", trace=(step(1, "n.ipynb"), step(1, "a.py")), fix=fix))
    report = run({"a.py": CODE, "n.ipynb": notebook("import torch", "!ls\nf()", "g()", "%%time\nh()")})
    [diagnostic] = report.diagnostics
    assert (diagnostic.cell, diagnostic.span.row) == (2, 2)
    assert [(found.cell, found.span.row) for found in diagnostic.trace] == [(1, 1), (None, 1)]
    assert diagnostic.fix is not None
    # Nothing may be written above a cell magic: what is meant for there goes to the end of the cell before.
    assert [(edit.cell, edit.span, edit.content) for edit in diagnostic.fix.edits] == [
        (3, Span(1, 1, 1, 1), "model.train()\n"),
        (3, Span(1, 4, 1, 4), "\nafter()"),
    ]


PROJECT = {
    "pyproject.toml": "",
    "main.py": "from pkg.engine import fit\nfit()\n",
    "unrelated.py": "import torch\n",
    "pkg/__init__.py": "",
    "pkg/engine.py": "import torch\nfrom pkg import helpers\n",
    "pkg/helpers.py": "def evaluate(m):\n    m.eval()\n",
}


def test_for_a_named_file_its_imports_and_importers_are_read_too(run: Run, say: Say) -> None:
    asked = say()
    report = run(PROJECT, "pkg/helpers.py")
    assert asked == ["main.py", "pkg/__init__.py", "pkg/engine.py", "pkg/helpers.py"]
    assert (report.counters["files checked"], report.counters["other files read"]) == (1, 3)


def test_for_a_folder_what_it_imports_is_read_too(run: Run, say: Say) -> None:
    asked = say()
    run({**PROJECT, "scripts/go.py": "import torch\nfrom pkg import engine\n"}, "scripts")
    assert asked == ["pkg/__init__.py", "pkg/engine.py", "pkg/helpers.py", "scripts/go.py"]


def test_only_what_concerns_the_named_files_is_told(run: Run, say: Say) -> None:
    say(
        at(1, "main.py"), at(1, "pkg/helpers.py"), at(2, "pkg/engine.py", trace=(step(1, "main.py"), step(2, "pkg/helpers.py")))
    )
    report = run({**PROJECT, "broken.py": "import pkg.helpers as (\n"}, "pkg/helpers.py")
    assert [(found.filename, found.message) for found in report.diagnostics] == [
        ("pkg/engine.py", "`pkg/helpers.py:2` set to eval here: message"),
        ("pkg/helpers.py", "message"),
    ]


def test_files_that_use_no_known_library_are_skipped_and_counted(run: Run, say: Say) -> None:
    asked = say()
    report = run({**PROJECT, "web.py": "import flask\n", "tool.py": "import web\n"})
    assert asked == ["main.py", "pkg/__init__.py", "pkg/engine.py", "pkg/helpers.py", "unrelated.py"]
    assert report.counters["files that use no known library"] == 2


def test_contents_stand_in_for_files(run: Run, say: Say, tmp_path: Path) -> None:
    say(at(2, "new.py"))
    contents = {str(tmp_path / "new.py"): b"import torch\nf()  # noqa: ML103\n", str(tmp_path / "a.py"): b"x =\n"}
    report = run({"a.py": "import torch\n"}, "new.py", "a.py", contents=contents)
    assert told(report) == []
    report = run({"a.py": "import torch\n"}, "a.py", contents={str(tmp_path / "a.py"): b"import torch\nx =\n"})
    assert told(report) == [("syntax-error", "a.py", 2)]
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}" in report.diagnostics[0].notes[0]


def test_the_report_depends_on_neither_cache_nor_processes_nor_order(tmp_path: Path) -> None:
    files = {f"{name}.py": f"import torch\nx = {name}\n" if name != "c" else "import torch\nx = (\n" for name in "abcdef"}
    write(tmp_path, {**files, "n.ipynb": notebook("import torch", "x = (", "%%bash\nls")})
    config = load_config(".", folder=str(tmp_path))
    reports = [
        check(paths, config, Options(jobs=jobs, use_cache=use_cache, folder=str(tmp_path)))
        for paths in (["."], ["b.py", ".", "a.py"])
        for jobs in (1, 2)
        for use_cache in (False, True, True)
    ]
    assert all(report == reports[0] for report in reports)
    assert reports[0].counters["cells in other languages"] == 1
