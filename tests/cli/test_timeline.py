"""`modelint timeline` as its users see it."""

from __future__ import annotations

import os

import pytest

from tests.cli.conftest import ROOT, notebook

SCRIPT = """\
import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model.eval()
print(model(torch.ones(1, 4)))
for x in torch.randn(8, 2, 4):
    optimizer.zero_grad()
    model(x).sum().backward()
    optimizer.step()
"""
SHOWN = """\
train.py

1  model  Sequential, created in line 4

    1 | import torch
    2 | from torch import nn
    3 |
T   4 | model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
T   5 | optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
E   6 | model.eval()
E   7 | print(model(torch.ones(1, 4)))
E   8 | for x in torch.randn(8, 2, 4):
E   9 |     optimizer.zero_grad()
E  10 |     model(x).sum().backward()
      |     ^^^^^^^^ ML103 `model` is trained in the eval mode that an earlier `eval()` sets
E  11 |     optimizer.step()

T train, E eval

Found 1 diagnostic in 1 file; 1 can be fixed with `modelint fix --apply`; files checked: 1.
"""


def test_text(modelint, tmp_path):
    (tmp_path / "train.py").write_text(SCRIPT)
    done = modelint("timeline", "train.py")
    assert (done.returncode, done.stdout, done.stderr) == (0, SHOWN, "")


def test_standard_input(modelint):
    done = modelint("timeline", "-", "--stdin-filename", "train.py", stdin=SCRIPT)
    assert (done.returncode, done.stdout) == (0, SHOWN)


def test_colours_follow_the_environment(modelint, tmp_path):
    (tmp_path / "train.py").write_text(SCRIPT)
    assert "\x1b[1;34mE\x1b[0m" in modelint("timeline", "train.py", FORCE_COLOR="1").stdout
    assert "\x1b" not in modelint("timeline", "train.py", FORCE_COLOR="1", NO_COLOR="1").stdout


def test_page(modelint, tmp_path):
    (tmp_path / "train.py").write_text(SCRIPT)
    done = modelint("timeline", "train.py", "--html", "--output-file", "out.html", FORCE_COLOR="1")
    assert (done.returncode, done.stdout) == (0, "")
    html = (tmp_path / "out.html").read_text()
    assert html.startswith("<!doctype html>")
    assert '<tr id="L6"><td class="lane eval" title="model: eval">' in html


def test_notebook(modelint, tmp_path):
    (tmp_path / "a.ipynb").write_text(
        notebook("%matplotlib inline\nfrom torch import nn", "model = nn.Dropout()\nmodel.eval()")
    )
    done = modelint("timeline", "a.ipynb")
    assert done.returncode == 0
    assert (
        "cell 1\n   1 | %matplotlib inline\n   2 | from torch import nn\ncell 2\n   1 | model = nn.Dropout()\n"
        not in done.stdout
    )
    assert "cell 2\nT  1 | model = nn.Dropout()\nE  2 | model.eval()\n" in done.stdout


def test_notebook_with_a_cell_that_does_not_parse(modelint, tmp_path):
    (tmp_path / "a.ipynb").write_text(notebook("from torch import nn\nmodel = nn.Dropout()", "model.eval(", "model.eval()"))
    done = modelint("timeline", "a.ipynb")
    assert done.returncode == 1
    assert "cell 3\nE  1 | model.eval()\n" in done.stdout
    assert done.stderr.startswith("modelint: a.ipynb:cell 2:1:")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.py", b"import torch\nmodel.eval(\n", "a.py:2:11: "),
        ("a.py", b"\xff\xfe\x00", "a.py:1:1: the file is UTF-16"),
        ("none.py", None, "none.py:1:1: the file cannot be read"),
        ("a.ipynb", b"{", "a.ipynb:1:2: the notebook is not valid JSON"),
        (".", None, ".: a folder; give one file"),
    ],
    ids=["does not parse", "is not text", "does not exist", "is no notebook", "is a folder"],
)
def test_a_file_that_cannot_be_shown_is_one_message_and_2(modelint, tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = modelint("timeline", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"modelint: {message}")
    assert "Traceback" not in done.stderr


def test_a_file_that_knows_no_library(modelint, tmp_path):
    (tmp_path / "a.py").write_text("print(1)\n")
    done = modelint("timeline", "a.py")
    assert done.returncode == 0
    assert "No model has a name in this file." in done.stdout


RULE = '''
"""A rule that breaks.

## What it does

Breaks.

## Why is this bad?

It is not.

## Example

```python
x = 1
```

## Use instead

```python
x = 1
```

## Fix safety

None.

## References

- none
"""
from modelint.api import Category, Rule, TrainingStep

RULE = Rule("XX101", "rule-that-breaks", Category.MODE, since="0.1")


@RULE.on(TrainingStep)
def check(step, ctx):
    raise ValueError("broken")
    yield
'''


def test_a_failure_of_modelint_is_told_beside_the_timeline(modelint, tmp_path):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "__init__.py").write_text('from modelint.api import Pack\n\nPACK = Pack("pack")\n')
    (tmp_path / "pack" / "xx101_breaks.py").write_text(RULE.lstrip())
    (tmp_path / "modelint.toml").write_text('plugins = ["modelint_rules", "pack"]\n')
    (tmp_path / "train.py").write_text(SCRIPT)
    path = os.pathsep.join([str(ROOT), str(ROOT / "rules"), str(tmp_path)])
    done = modelint("timeline", "train.py", PYTHONPATH=path)
    assert done.returncode == 2
    assert "E  11 |     optimizer.step()" in done.stdout
    assert done.stderr.startswith("modelint: train.py:11:5: rule XX101 raised ValueError: broken")
