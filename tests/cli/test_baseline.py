"""`modelint check --baseline` over the life of a project."""

from __future__ import annotations

import json

import pytest

OLD = "from torch import nn\nmodel = nn.Dropout()\nmodel.eval\n"
FLAGS = ("check", "--baseline", "baseline.json", "--output-format", "concise")


@pytest.fixture
def project(modelint, tmp_path):
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "a.py").write_text(OLD)
    (tmp_path / "b.py").write_text(OLD)
    return tmp_path


def test_old_findings_are_silent_and_new_ones_are_not(modelint, project):
    done = modelint(*FLAGS, "--write-baseline")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Found nothing; files checked: 2; findings in the baseline: 2.\n"
    entries = json.loads((project / "baseline.json").read_text())["findings"]
    assert [(entry["filename"], entry["code"]) for entry in entries] == [("a.py", "ML105"), ("b.py", "ML105")]

    (project / "a.py").write_text("import os\n\n\n" + OLD + "nn.Linear(1, 1).train\n")
    done = modelint(*FLAGS)
    assert done.returncode == 1
    assert done.stdout.startswith("a.py:7:1: ML105")
    assert "Found 1 diagnostic in 1 file;" in done.stdout
    assert "findings in the baseline: 2" in done.stdout


def test_fixed_findings_are_counted_until_it_is_written_again(modelint, project):
    modelint(*FLAGS, "--write-baseline")
    (project / "a.py").write_text(OLD.replace("eval", "eval()"))
    assert "entries of the baseline that are not found any more: 1" in modelint(*FLAGS).stdout
    assert "not found any more" not in modelint(*FLAGS, "b.py").stdout
    before = (project / "baseline.json").read_text()
    assert "not found any more" not in modelint(*FLAGS, "--ignore", "ML105").stdout
    modelint(*FLAGS, "--write-baseline", "b.py")
    modelint(*FLAGS, "--write-baseline", "--ignore", "ML105")
    assert (project / "baseline.json").read_text() == before
    (project / "b.py").unlink()
    assert "entries of the baseline that are not found any more: 2" in modelint(*FLAGS).stdout
    modelint(*FLAGS, "--write-baseline")
    assert len(json.loads((project / "baseline.json").read_text())["findings"]) == 0


def test_a_file_that_does_not_parse_is_told_all_the_same(modelint, project):
    (project / "a.py").write_text("import torch\n(")
    done = modelint(*FLAGS, "--write-baseline")
    assert done.returncode == 1
    assert "a.py:2:1: syntax-error" in done.stdout


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--baseline", "none.json"], "none.json: there is no such baseline; --write-baseline makes one"),
        (["--baseline", "a.py"], "a.py: no baseline: "),
        (["--write-baseline"], "--write-baseline needs --baseline FILE"),
        (["--baseline", "none.json", "--fix"], "--baseline excludes --fix and --diff"),
        (["--baseline", "no/folder.json", "--write-baseline"], "no/folder.json: cannot be written"),
    ],
)
def test_wrong_use(modelint, project, flags, message):
    done = modelint("check", *flags)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"modelint: {message}" in done.stderr


def test_exit_zero(modelint, project):
    assert modelint("check").returncode == 1
    assert modelint("check", "--exit-zero").returncode == 0


def test_exit_zero_hides_no_wrong_use(modelint, project):
    assert modelint("check", "--exit-zero", "--baseline", "none.json").returncode == 2
