"""The other commands, and what all of them have in common."""

from __future__ import annotations

import json
import subprocess
import sys

import click
import pytest

from modelint import __version__
from modelint.cli.main import COMMANDS, cli
from tests.cli.conftest import ROOT, notebook

HEAVY = ("torch", "libcst", "modelint_rules", "modelint.judge", "modelint.interpreter", "pathspec", "packaging")


def test_version(modelint):
    done = modelint("--version")
    assert (done.returncode, done.stdout) == (0, f"modelint {__version__}\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(modelint, name):
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.help
    done = modelint(name, "--help")
    assert done.returncode == 0
    assert f"Usage: modelint {name}" in done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"]])
def test_help_imports_nothing_heavy(arguments):
    code = f"""
import sys
from modelint.cli.main import main
try:
    sys.argv = ["modelint", *{arguments!r}]
    main()
finally:
    print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stderr == "[]\n"


def test_unknown_command(modelint):
    done = modelint("chek")
    assert done.returncode == 2
    assert "No such command" in done.stderr


class TestRule:
    @pytest.mark.parametrize("name", ["ML103", "ml103", "train-mode-not-restored"])
    def test_page(self, modelint, name):
        done = modelint("rule", name)
        assert done.returncode == 0
        assert done.stdout.startswith("# train-mode-not-restored (ML103)\n")
        assert "## Why is this bad?" in done.stdout

    def test_all_as_json(self, modelint):
        rules = json.loads(modelint("rule", "--all", "--output-format", "json").stdout)
        assert "ML101" in [rule["code"] for rule in rules]
        assert all(list(rule) == ["code", "name", "category", "since", "summary", "explanation"] for rule in rules)

    def test_unknown_one(self, modelint):
        done = modelint("rule", "ML1003")
        assert (done.returncode, done.stdout) == (2, "")
        assert 'there is no rule "ML1003"; did you mean "ML103"?' in done.stderr

    def test_neither_name_nor_all(self, modelint):
        assert modelint("rule").returncode == 2


def test_config_shows_what_is_in_force(modelint, tmp_path):
    (tmp_path / "modelint.toml").write_text('min-confidence = "certain"\n')
    done = modelint("config")
    assert done.returncode == 0
    lines = dict(line.split(" = ", 1) for line in done.stdout.splitlines())
    values = {key.strip(): json.loads(value) for key, value in lines.items()}
    assert values["min-confidence"] == "certain"
    assert values["source"].endswith("modelint.toml")


class TestDebugIr:
    def test_prints_the_representation(self, modelint, tmp_path):
        (tmp_path / "a.py").write_text("model.eval()\n")
        done = modelint("debug", "ir", "a.py")
        assert done.returncode == 0
        assert "attribute %0.eval" in done.stdout

    @pytest.mark.parametrize("text", ["def f(:\n", None], ids=["does not parse", "does not exist"])
    def test_file_that_cannot_be_shown(self, modelint, tmp_path, text):
        if text is not None:
            (tmp_path / "a.py").write_text(text)
        done = modelint("debug", "ir", "a.py")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("modelint: a.py:")


class TestNewRule:
    @pytest.fixture
    def pack(self, tmp_path):
        folder = tmp_path / "pack"
        folder.mkdir()
        (folder / "__init__.py").write_text("")
        (folder / "ml107_taken.py").write_text("")
        return folder

    def test_writes_a_file_that_says_what_is_to_be_done(self, modelint, pack):
        done = modelint("new-rule", "bad-thing-done", "--pack", "pack")
        assert done.returncode == 0
        text = (pack / "ml108_bad_thing_done.py").read_text()
        assert '"bad-thing-done", Category.MODE' in text
        assert "TODO" in text

    def test_overwrites_nothing(self, modelint, pack):
        arguments = ("new-rule", "bad-thing-done", "--pack", "pack", "--code", "ML150")
        assert modelint(*arguments).returncode == 0
        assert modelint(*arguments).returncode == 2

    @pytest.mark.parametrize("name", ["Bad", "bad", "bad_thing"])
    def test_name_must_be_words_with_hyphens(self, modelint, pack, name):
        done = modelint("new-rule", name, "--pack", "pack")
        assert done.returncode == 2
        assert "no rule name" in done.stderr

    def test_folder_must_be_a_pack(self, modelint):
        assert modelint("new-rule", "bad-thing-done").returncode == 2


LAYERS = """\
import torch
from nowhere import Base, Block
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block()
        self.dropout = nn.Dropout()

    def forward(self, x):
        return self.dropout(self.block(x))


class Derived(Base, nn.Module):
    pass


net, derived, linear = Net(), Derived(), nn.Linear(2, 2)
print(net(1))
print(derived(1))
print(linear(1))
"""


class TestDebugLayers:
    def test_says_why_layers_are_not_known(self, modelint, tmp_path):
        (tmp_path / "a.py").write_text(LAYERS)
        done = modelint("debug", "layers", "a.py")
        assert done.returncode == 0
        assert done.stdout.splitlines() == [
            "a.py:21:7: `net` of Net",
            "    itself: unknown: Net calls self.block, of which nothing is known",
            "    dropout: dropout",
            "a.py:22:7: `derived` of Derived",
            "    itself: unknown: a base of Derived is not found: nowhere.Base",
            "a.py:23:7: `linear` of Linear: no layer depends on the mode",
        ]

    def test_places_in_a_notebook_are_in_cells(self, modelint, tmp_path):
        made = "from torch import nn\n\nnet = nn.Dropout()"
        (tmp_path / "a.ipynb").write_text(notebook(made, "x = 1\nprint(net(x))"))
        done = modelint("debug", "layers", "a.ipynb")
        assert done.stdout.splitlines() == ["a.ipynb:cell 2:2:7: `net` of Dropout", "    itself: dropout"]

    def test_file_without_models(self, modelint, tmp_path):
        (tmp_path / "a.py").write_text("import torch\n")
        assert modelint("debug", "layers", "a.py").stdout == "No model runs there.\n"

    @pytest.mark.parametrize("text", ["def f(:\n", None], ids=["does not parse", "does not exist"])
    def test_file_that_cannot_be_shown(self, modelint, tmp_path, text):
        if text is not None:
            (tmp_path / "a.py").write_text(text)
        done = modelint("debug", "layers", "a.py")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("modelint: a.py:")
