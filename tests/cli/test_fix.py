"""`modelint fix`, `check --fix` and `check --diff` as their users see them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

WRONG = """\
import torch
from torch import nn

model = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.5))
model.load_state_dict(torch.load("model.pt"))
model.eval
"""
RIGHT = WRONG.replace("model.eval\n", "model.eval()\n")
UNCHANGED = WRONG.splitlines(keepends=True)[2:-1]
DIFF = f"""\
--- a.py
+++ a.py
@@ -3,4 +3,4 @@
{"".join(" " + line for line in UNCHANGED)}\
-model.eval
+model.eval()
"""


@pytest.fixture
def wrong(tmp_path):
    path = tmp_path / "a.py"
    path.write_text(WRONG)
    return path


@pytest.mark.parametrize("command", [("fix", "a.py"), ("check", "--diff", "a.py")])
def test_diff(modelint, wrong, command):
    done = modelint(*command)
    assert (done.returncode, done.stdout) == (1, DIFF)
    assert done.stderr == "Would fix 1 finding in 1 file.\n"
    assert wrong.read_text() == WRONG


def test_diff_has_colours_when_asked_for(modelint, wrong):
    assert "\x1b[32m+model.eval()\x1b[0m\n" in modelint("fix", FORCE_COLOR="1").stdout


def test_diff_can_be_applied_by_other_tools(modelint, wrong, tmp_path):
    wrong.write_text(WRONG.rstrip("\n"))
    done = subprocess.run(["git", "apply", "-p0", "-"], cwd=tmp_path, input=modelint("fix").stdout.encode(), check=False)
    if done.returncode == 0:
        assert wrong.read_text() == RIGHT.rstrip("\n")


def test_apply(modelint, wrong):
    done = modelint("fix", "--apply")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Fixed 1 finding in 1 file.\n")
    assert wrong.read_text() == RIGHT
    again = modelint("fix", "--apply")
    assert (again.returncode, again.stderr) == (0, "Nothing to fix.\n")


def test_what_cannot_be_written_is_not_called_fixed(modelint, wrong, tmp_path):
    command = f"ulimit -f 0; exec {sys.executable} -m modelint fix --apply --no-cache a.py"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("modelint: a.py: left as it is: it cannot be written")
    assert done.stderr.endswith("\nNothing fixed.\n")
    assert wrong.read_text() == WRONG


def test_check_fix_reports_what_is_left(modelint, wrong):
    wrong.write_text(WRONG + "import torch.nn.functional as F\n\ndef f(x): return (\n")
    assert modelint("check", "--fix").returncode == 1
    wrong.write_text(WRONG)
    done = modelint("check", "--fix")
    assert done.returncode == 0
    assert done.stdout.startswith("Found nothing")
    assert wrong.read_text() == RIGHT


def test_unselected_rules_are_not_fixed(modelint, wrong):
    assert modelint("fix", "--apply", "--ignore", "ML105").returncode == 0
    assert wrong.read_text() == WRONG


def test_report_says_what_can_be_fixed(modelint, wrong):
    text = modelint("check").stdout
    assert "= fix: Call the method" in text
    assert "1 can be fixed with `modelint fix --apply`" in text
    assert ": ML105 [*] `model.eval`" in modelint("check", "--output-format", "concise").stdout


def test_standard_input_gets_a_diff(modelint):
    done = modelint("fix", "-", "--stdin-filename", "a.py", stdin=WRONG)
    assert (done.returncode, done.stdout) == (1, DIFF)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("fix", "--apply", "-"), "--apply cannot write to standard input"),
        (("check", "--fix", "-"), "--fix cannot write to standard input"),
        (("check", "--fix", "--diff"), "exclude each other"),
        (("check", "--unsafe-fixes"), "--unsafe-fixes needs --fix or --diff"),
        (("fix", "no-such-path"), "no-such-path"),
    ],
)
def test_wrong_use(modelint, arguments, message):
    done = modelint(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everything")
def test_read_only_file_is_left_alone(modelint, wrong):
    wrong.chmod(0o444)
    done = modelint("fix", "--apply")
    assert done.returncode == 2
    assert done.stderr.startswith("modelint: a.py: left as it is: the file is read-only\n")
    assert wrong.read_text() == WRONG
