"""Whatever is wrong with one file is a diagnostic about it; the others are checked all the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from modelint.engine import pipeline, workers
from modelint.errors import ConfigError, UsageError
from tests.engine.conftest import Run, Say, notebook, told

GOOD = {"good.py": "import torch\n"}


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("broken.py", "import torch\ndef f(:\n", ("syntax-error", 2)),
        ("python2.py", "import torch\nprint 'hello'\n", ("syntax-error", 2)),
        ("tabs.py", "import torch\nif 1:\n\tx = 1\n        y = 2\n", ("syntax-error", 4)),
        ("open.py", "import torch\nx = '''\n", ("syntax-error", 2)),
        ("nested.py", "import torch\nx = " + "(" * 5000 + ")" * 5000 + "\n", ("syntax-error", None)),
        ("deep.py", "import torch\nx = " + "-" * 50_000 + "1\n", (None, None)),
        ("long.py", "import torch\nx = " + "+".join(["1"] * 20_000) + "\n", (None, None)),
        ("null.py", b"import torch\nx\0 = 1\n", ("not-text", 2)),
        ("latin.py", b"import torch\n# caf\xe9\n", ("not-text", 2)),
        ("wide.py", "import torch\n".encode("utf-16"), ("not-text", 1)),
        ("binary.py", bytes(range(256)), ("not-text", 1)),
        ("cookie.py", b"# coding: nonsense\nimport torch\n", ("not-text", 1)),
        ("big.py", b"import torch\n" * 800_000, ("too-large", 1)),
        ("no.ipynb", "not json", ("not-a-notebook", 1)),
        ("list.ipynb", "[]", ("not-a-notebook", 1)),
        ("old.ipynb", '{"nbformat": 3, "worksheets": []}', ("not-a-notebook", 1)),
    ],
)
def test_a_bad_file_is_told_and_the_good_one_is_checked(
    run: Run, say: Say, name: str, content: str | bytes, problem: tuple[str | None, int | None]
) -> None:
    asked = say()
    report = run({**GOOD, name: content})
    assert "good.py" in asked
    expected, row = problem
    assert [found for found, _, _ in told(report)] in ([expected] if expected else [], ["syntax-error"])
    if expected:
        assert [found.filename for found in report.diagnostics] == [name]
        assert report.exit_code == 1
    if row:
        assert report.diagnostics[0].span.row == row


@pytest.mark.parametrize(
    "files", [{}, {"empty.py": ""}, {"comment.py": "# nothing\n"}, {"n.ipynb": notebook()}, {"n.ipynb": ""}]
)
def test_nothing_to_check_is_fine(run: Run, files: dict[str, str]) -> None:
    report = run(files)
    assert (report.diagnostics, report.exit_code) == ((), 0)


def test_counters_tell_apart_why_a_file_was_not_checked(run: Run) -> None:
    report = run({**GOOD, "broken.py": "import torch\nx =", "null.py": b"\0", "web.py": "import flask\n"})
    counters = {name: count for name, count in report.counters.items() if name.startswith("files")}
    assert counters == {"files checked": 2, "files that use no known library": 1, "files not parsed": 1}


def test_an_unreadable_file(run: Run, say: Say, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    asked = say()
    (tmp_path / "closed.py").write_text("import torch\n")
    (tmp_path / "closed.py").chmod(0)
    report = run(GOOD)
    assert told(report) == [("unreadable-file", "closed.py", 1)]
    assert asked == ["good.py"]


def test_a_loop_of_links(run: Run, say: Say, tmp_path: Path) -> None:
    asked = say()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    report = run(GOOD)
    assert told(report) == [("link-loop", "loop", 1)]
    assert asked == ["good.py"]
    assert report.exit_code == 1


def test_a_path_that_does_not_exist(run: Run) -> None:
    with pytest.raises(UsageError, match=r"path does not exist: nowhere"):
        run({}, "nowhere")


def test_a_wrong_configuration_key(run: Run) -> None:
    with pytest.raises(ConfigError, match=r'unknown key "selekt"; did you mean "select"\?'):
        run({**GOOD, "modelint.toml": "selekt = []"})


def test_an_unknown_rule_in_the_configuration(run: Run) -> None:
    with pytest.raises(ConfigError, match=r'modelint\.toml: unknown rule "ML999" in select'):
        run({**GOOD, "modelint.toml": 'select = ["ML999"]'})


def test_a_cell_that_does_not_parse_costs_only_itself(run: Run, say: Say) -> None:
    asked = say()
    report = run({"n.ipynb": notebook("import torch", "x = 1\ny = (", "z = 3", "def f(:\n  pass")})
    assert [(found.name, found.cell, found.span.row) for found in report.diagnostics] == [
        ("syntax-error", 2, 2),
        ("syntax-error", 4, 1),
    ]
    assert asked == ["n.ipynb"]


def test_a_failure_of_modelint_in_one_file_is_told_and_the_rest_goes_on(
    run: Run, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    import modelint.lowering

    real = modelint.lowering.lower

    def lower(tree: object, text: str, path: str) -> object:
        if path == "bad.py":
            raise AssertionError("a bug")
        return real(tree, text, path)  # type: ignore[arg-type]

    monkeypatch.setattr(modelint.lowering, "lower", lower)
    asked = say()
    report = run({**GOOD, "bad.py": "import torch\n"})
    assert asked == ["good.py"]
    [diagnostic] = report.diagnostics
    assert diagnostic.name == "internal-error"
    assert "AssertionError: a bug (engine/test_bad_inputs.py:" in diagnostic.message
    assert report.exit_code == 2


def test_a_failure_of_the_analysis_leaves_what_is_known(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def analyse(*_: object) -> None:
        raise RecursionError("maximum recursion depth exceeded")

    monkeypatch.setattr(pipeline, "analyse", analyse)
    report = run({**GOOD, "broken.py": "import torch\nx ="})
    assert {found.name for found in report.diagnostics} == {"internal-error", "syntax-error"}
    assert report.exit_code == 2


def test_a_file_that_kills_its_process(run: Run, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = say()
    monkeypatch.setattr(workers, "_CHUNK", 1)
    monkeypatch.setattr(workers, "lower_text", _die_on_bad_files)
    report = run({**GOOD, "bad.py": "import torch\n", "other.py": "import torch\n"}, jobs=2)
    assert told(report) == [("internal-error", "bad.py", 1)]
    assert asked == ["good.py", "other.py"]
    assert report.exit_code == 2


_real_lower_text = workers.lower_text


def _die_on_bad_files(text: str, path: str, cells: tuple[tuple[int, int], ...]) -> workers.Lowered:
    if path == "bad.py":
        os._exit(1)
    return _real_lower_text(text, path, cells)
