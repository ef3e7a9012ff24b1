"""Functions that nobody calls and that differ in constants only."""

from __future__ import annotations

import os
from pathlib import Path

from modelint.config.schema import Config
from modelint.engine.options import Options
from modelint.engine.pipeline import check
from modelint.testing import check_source

MODEL = """\
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.drop = nn.Dropout(0.1)
        self.layer = nn.Linear(width, 1)

    def forward(self, x):
        return self.layer(self.drop(x))


def build(name, width):
    model = Net(width)
    model.load_state_dict(torch.load(name))
    return model
"""
MAKES = """

def {name}():
    return build("{name}.pt", {width})
"""
PREDICTS = """

def {name}(x):
    model = build("{name}.pt", {width})
    with torch.no_grad():
        return model(x).argmax()
"""


def variants(template: str, count: int) -> str:
    return MODEL + "".join(template.format(name=f"net_{width}", width=width) for width in range(1, count + 1))


def entries(folder: Path, text: str) -> int:
    path = folder / "variants.py"
    options = Options(jobs=1, use_cache=False, contents={os.fspath(path): text.encode()}, folder=os.fspath(folder))
    return check([os.fspath(path)], Config(root=os.fspath(folder)), options).counters["entries"]


def test_two_stand_for_all_where_they_only_make_a_model(tmp_path: Path) -> None:
    assert entries(tmp_path, variants(MAKES, 2)) == entries(tmp_path, variants(MAKES, 6))
    assert entries(tmp_path, variants(MAKES, 1)) < entries(tmp_path, variants(MAKES, 2))


def test_all_are_run_where_they_use_it(tmp_path: Path) -> None:
    assert entries(tmp_path, variants(PREDICTS, 6)) == entries(tmp_path, variants(PREDICTS, 2)) + 4
    assert [diagnostic.code for diagnostic in check_source(variants(PREDICTS, 6))] == ["ML104"] * 6


def test_one_that_does_something_else_is_run(tmp_path: Path) -> None:
    other = PREDICTS.format(name="other", width=9)
    assert [diagnostic.code for diagnostic in check_source(variants(MAKES, 6) + other)] == ["ML104"]
