"""docs/stubs.md tells the language of stubs as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from modelint.config.schema import Config
from modelint.engine.options import Options
from modelint.engine.pipeline import check
from modelint.interpreter.clients import CLIENT
from modelint.interpreter.intrinsics import TABLE
from modelint.interpreter.linker import ROOT_MARK
from modelint.interpreter.models import HELD

DOCS = (Path(__file__).parents[1] / "docs/stubs.md").read_text(encoding="utf-8")
STUBS = Path(__file__).parents[1] / "rules/modelint_rules/stubs"

PROGRAM = """
import torch
from house import Encoder, Trainer


def by_hand(loader):
    model = Encoder.from_pretrained("small")
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    {between}
    for batch in loader:
        optimizer.zero_grad()
        model(batch).mean().backward()
        optimizer.step()


def by_trainer(loader):
    model = Encoder.from_pretrained("small")
    Trainer(model, torch.optim.SGD(model.parameters(), 0.1)).fit(loader)


by_hand(torch.load("x"))
by_trainer(torch.load("x"))
"""


def test_every_intrinsic_is_there_and_no_other():
    assert set(re.findall(r"^\| `(\w+)\(.*\)` \|", DOCS.partition("### Names")[0], re.MULTILINE)) == {*TABLE, "forward"}


def test_every_name_with_a_meaning_is_there():
    names = DOCS.partition("### Names with a meaning")[2].partition("Some habits")[0]
    assert {ROOT_MARK, CLIENT, "_modules", "__getattr__", *HELD} <= set(re.findall(r"\w+", names))


def test_every_library_is_there_and_no_other():
    named = re.findall(r"`(\w+)`", DOCS.partition("## Libraries with a stub")[2])
    assert sorted(named) == sorted(path.name for path in STUBS.iterdir() if path.name != "__pycache__")


@pytest.mark.parametrize(
    ("between", "codes"),
    [
        ("pass", ["ML101"]),
        ("model.encode('x')", ["ML103"]),
        ("model.train()", []),
        ("model.train(); model.encode('x')", ["ML103"]),
    ],
)
def test_the_example_works(tmp_path, between, codes):
    [stub] = re.findall(r"```python\n(from modelint_stub .*?)```", DOCS, re.DOTALL)
    stub = stub.replace("        model = cls()\n", '        model = cls()\n        add_layers(model, "dropout")\n')
    (tmp_path / "lint_stubs").mkdir()
    (tmp_path / "lint_stubs/house.py").write_text("from modelint_stub import add_layers\n" + stub)
    (tmp_path / "train.py").write_text(PROGRAM.format(between=between))
    config = Config(root=str(tmp_path), stubs=("lint_stubs/",))
    report = check(["train.py"], config, Options(jobs=1, use_cache=False, folder=str(tmp_path)))
    assert [diagnostic.code or diagnostic.message for diagnostic in report.diagnostics] == codes
