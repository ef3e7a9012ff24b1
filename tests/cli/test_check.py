"""`modelint check` as its users see it: output, errors and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from modelint.cli.output import wants_color
from tests.cli.conftest import ROOT

BROKEN = "import torch\nmodel.eval(\n"


def test_nothing_found(modelint, tmp_path):
    (tmp_path / "a.py").write_text("import torch\n")
    done = modelint("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Found nothing; files checked: 1")


def test_file_that_does_not_parse(modelint, tmp_path):
    (tmp_path / "a.py").write_text(BROKEN)
    (tmp_path / "b.py").write_text("import torch\n")
    done = modelint("check", "--output-format", "json")
    assert done.returncode == 1
    assert [(found["name"], found["filename"]) for found in json.loads(done.stdout)] == [("syntax-error", "a.py")]


def test_exit_zero(modelint, tmp_path):
    (tmp_path / "a.py").write_text(BROKEN)
    assert modelint("check", "--exit-zero").returncode == 0


@pytest.mark.parametrize("name", ["a.py", "folder/b.py"])
def test_standard_input(modelint, name):
    done = modelint("check", "-", "--stdin-filename", name, "--output-format", "concise", stdin=BROKEN)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{name}:2:11: syntax-error")


def test_output_file(modelint, tmp_path):
    (tmp_path / "a.py").write_text(BROKEN)
    done = modelint("check", "--output-format", "jsonl", "--output-file", "out.jsonl", FORCE_COLOR="1")
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads((tmp_path / "out.jsonl").read_text())["name"] == "syntax-error"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no-such-path"], "no-such-path"),
        (["--select", "ML9"], 'unknown rule "ML9" in select'),
        (["--select", "train-mode-not-restord"], 'did you mean "train-mode-not-restored"?'),
        (["--output-format", "picture"], "'picture' is not one of"),
        (["--config", "none.toml"], "none.toml"),
        (["--stdin-filename", "a.py"], "--stdin-filename needs `-`"),
        (["-", "a.py"], "cannot be mixed"),
        (["--output-file", "no/such/folder.txt"], "no/such/folder.txt"),
        (["--no-such-option"], "--no-such-option"),
    ],
)
def test_wrong_use_is_one_message_and_2(modelint, arguments, message):
    done = modelint("check", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_wrong_configuration_names_file_key_and_the_nearest_right_one(modelint, tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.modelint]\nselekt = ["ALL"]\n')
    done = modelint("check")
    assert done.returncode == 2
    assert "pyproject.toml" in done.stderr
    assert '"tool.modelint.selekt"; did you mean "select"?' in done.stderr
    assert modelint("check", "--isolated").returncode == 0


def test_broken_rule_pack_is_named(modelint, tmp_path):
    (tmp_path / "modelint.toml").write_text('plugins = ["no_such_pack"]\n')
    done = modelint("check")
    assert done.returncode == 2
    assert "the rule pack no_such_pack cannot be imported" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell with pipes that break")
def test_reader_that_leaves_early_is_no_error(tmp_path):
    command = f"PYTHONPATH={ROOT}:{ROOT}/rules {sys.executable} -m modelint rule --all | head -1"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("# ")
    assert done.stderr == ""


class TestColour:
    def test_only_on_a_terminal(self):
        assert wants_color({}, is_terminal=True)
        assert not wants_color({}, is_terminal=False)
        assert not wants_color({"TERM": "dumb"}, is_terminal=True)

    def test_variables_decide(self):
        assert not wants_color({"NO_COLOR": "1"}, is_terminal=True)
        assert wants_color({"FORCE_COLOR": "1"}, is_terminal=False)
        assert not wants_color({"NO_COLOR": "1", "FORCE_COLOR": "1"}, is_terminal=True)

    def test_in_a_process(self, modelint, tmp_path):
        (tmp_path / "a.py").write_text(BROKEN)
        assert "\x1b[" not in modelint("check").stdout
        assert "\x1b[" in modelint("check", FORCE_COLOR="1").stdout
