"""ML110."""

from __future__ import annotations

from dataclasses import replace

import pytest

from modelint.diagnostics.diagnostic import Confidence
from modelint.diagnostics.fix import Applicability
from modelint.events import ModuleBuilt, TrainOverride
from modelint.testing import check_source
from tests.events import caused, forward, layer, site, training

OVERRIDE = TrainOverride(site(20, "Net.train"))
NORM = layer("norm", "batch_norm", train=caused("created", 3))


def built(**more):
    return ModuleBuilt("Net", site(5, "Net"), replace(OVERRIDE, **more))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"problem": "no_argument"}, "`Net.train` takes no mode: `eval()` calls `train(False)` and raises"),
        (
            {"problem": "ignores_false", "returns": "nothing"},
            "`Net.train` drops the mode: called with False it sets train mode",
        ),
        (
            {"problem": "misses", "missed": ("drop",)},
            "`Net.train` does not call `super().train(mode)`: `eval()` leaves layers in train mode",
        ),
        ({"returns": "nothing"}, "`Net.train` does not return `self`: `eval()` gives None"),
        ({"returns": "other"}, "`Net.train` returns something else than `self`"),
    ],
)
def test_override_that_breaks_its_callers(judged, wrong, message):
    [found] = judged(built(**wrong))
    assert (found.code, found.span.row, found.message, found.confidence) == ("ML110", 20, message, Confidence.CERTAIN)


@pytest.mark.parametrize("right", [{}, {"keeps": ("norm",)}, {"returns": "unknown"}, {"returns": "nothing", "own_eval": True}])
def test_override_that_is_right(judged, right):
    assert not judged(built(**right))


def test_one_finding_for_one_override(judged):
    assert len(judged(built(returns="nothing"), replace(built(returns="nothing"), class_name="Net"))) == 1


def test_override_that_nothing_calls(judged):
    unheeded = replace(NORM, unheeded=site(20, "Net.train"), intended=True)
    [found] = judged(built(keeps=("norm",)), training(forward(unheeded)))
    assert (found.code, found.span.row) == ("ML110", 20)
    assert found.message == "`Net.train` keeps a layer in eval mode, but nothing calls it before training"
    assert [step.span.row for step in found.trace] == [3, 10, 11, 12]


def test_override_that_was_called(judged):
    assert not judged(built(keeps=("norm",)), training(forward(replace(NORM, intended=True))))


NET = """
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.drop = nn.Dropout()
        self.norm = nn.BatchNorm1d(4)
"""
FIXES = [
    (
        "def train(self, mode=True):\n        super().train(mode)",
        "def train(self, mode=True):\n        super().train(mode)\n        return self",
    ),
    ("def train(self): super().train()", "def train(self, mode=True): super().train(mode); return self"),
    (
        "def train(self) -> nn.Module:\n        super(Net, self).train()\n        self.norm.eval()\n        return self",
        "def train(self, mode: bool = True) -> nn.Module:\n        super(Net, self).train(mode)\n        self.norm.eval()\n        return self",
    ),
    (
        'def train(self, flag=True):\n        "Doc."\n        self.norm.train(flag)\n        return self',
        'def train(self, flag=True):\n        "Doc."\n        super().train(flag)\n        self.norm.train(flag)\n        return self',
    ),
    (
        "def train(self, mode=True):\n        return super().train(mode=True)",
        "def train(self, mode=True):\n        return super().train(mode=mode)",
    ),
]


@pytest.mark.parametrize(("method", "fixed"), FIXES)
def test_fix(method, fixed):
    from modelint.testing import fixed_source

    assert fixed_source(f"{NET}\n    {method}\n") == f"{NET}\n    {fixed}\n"


def test_only_the_return_is_safe():
    [found] = check_source(f"{NET}\n    def train(self, mode=True):\n        super().train(mode)\n")
    assert found.fix is not None
    assert found.fix.applicability is Applicability.SAFE
    [found] = check_source(f"{NET}\n    def train(self, mode=True):\n        return super().train()\n")
    assert found.fix is not None
    assert found.fix.applicability is Applicability.UNSAFE


def test_no_fix_where_another_value_is_returned():
    [found] = check_source(f"{NET}\n    def train(self, mode=True):\n        super().train(mode)\n        return self.norm\n")
    assert found.fix is None
