"""Objects of classes are made and switched: what ML110 and ML111 say of the source, confirmed and rightly refuted on the real thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelint.diagnostics.diagnostic import Premise, ProbeResult, Verdict
from modelint.engine.premises import verdict
from tests.probe.test_examine import seen

NET = """
from torch import nn


class Part(nn.Module):
    def __init__(self):
        super().__init__()
        self.drop = nn.Dropout(0.3)

    def train(self, mode=True):
        return super().train()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm, self.drop, self.rnn, self.part = nn.BatchNorm1d(4), nn.Dropout(0.5), nn.GRU(4, 4), Part()

{train}

__model__ = Net()
"""
HOLDER = """
from torch import nn


class Holder(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 4)
{attributes}

__model__ = Holder()
"""
CONFIRMED, REFUTED, INCONCLUSIVE = Verdict.PREMISES_CONFIRMED, Verdict.REFUTED, Verdict.INCONCLUSIVE
PASSES = "def train(self, mode=True):\n    super().train(mode)\n    self.norm.eval()\n    return self\n"
NO_ARGUMENT = "def train(self):\n    return super().train()\n"
DROPS = "def train(self, mode=True):\n    return super().train()\n"
FORGETS = "def train(self, mode=True):\n    self.training = mode\n    self.norm.train(mode)\n    return self\n"
RETURNS_NOTHING = "def train(self, mode=True):\n    super().train(mode)\n"
RETURNS_ANOTHER = "def train(self, mode=True):\n    return super().train(mode).part\n"


@pytest.mark.parametrize(
    ("train", "premise", "expected", "said"),
    [
        (NO_ARGUMENT, "eval-raises", CONFIRMED, "`eval()` raises TypeError: Net.train() takes 1 positional argument"),
        (PASSES, "eval-raises", REFUTED, "`eval()` of `Net` works"),
        (DROPS, "eval-is-partial", CONFIRMED, "in train mode after `eval()`: the object itself and `norm`, `drop`"),
        (FORGETS, "eval-is-partial", CONFIRMED, "in train mode after `eval()`: `drop`"),
        # What a part does with the mode is its own business.
        (PASSES, "eval-is-partial", REFUTED, "`eval()` puts `Net` and all its layers in eval mode"),
        (NO_ARGUMENT, "eval-is-partial", INCONCLUSIVE, "`eval()` raises TypeError"),
        (RETURNS_NOTHING, "eval-returns-no-self", CONFIRMED, "`eval()` returns None"),
        (RETURNS_ANOTHER, "eval-returns-no-self", CONFIRMED, "`eval()` returns a Part"),
        (PASSES, "eval-returns-no-self", REFUTED, "`eval()` of `Net` returns the object"),
        (PASSES, "train-keeps-eval", CONFIRMED, "made in train mode, and put in eval mode by `train()`: `norm`"),
        (DROPS, "train-keeps-eval", REFUTED, "`train()` puts no layer of `Net` in eval mode"),
    ],
)
def test_overrides(tmp_path: Path, train: str, premise: Premise, expected: Verdict, said: str) -> None:
    result = looked_at(tmp_path, train, premise)
    assert result.verdict is expected
    assert result.details[0].startswith(said)


def test_without_weights(tmp_path: Path) -> None:
    result = looked_at(tmp_path, FORGETS, "eval-is-partial", device="meta")
    assert result.details == ("in train mode after `eval()`: `drop`", "seen on the configuration alone")


def looked_at(folder: Path, train: str, premise: Premise, device: str = "cpu") -> ProbeResult:
    methods = "".join(f"    {line}\n" for line in train.splitlines())
    return verdict(premise, seen("", folder, recipe=NET.format(train=methods), premises=(premise,), device=device))


@pytest.mark.parametrize(
    ("attributes", "expected", "said"),
    [
        (
            ["self.layers = [nn.Linear(4, 4), nn.Dropout(0.5)]"],
            CONFIRMED,
            (
                "2 of 2 modules in the list `layers` are no parts of `Holder`",
                "`parameters()` leaves out 20 weights",
                "`eval()` leaves 1 of their layers in train mode",
            ),
        ),
        (
            ["self.layers = {'a': [nn.Linear(4, 2)], 'b': self.first}"],
            CONFIRMED,
            ("1 of 2 modules in the dict `layers` are no parts of `Holder`", "`parameters()` leaves out 10 weights"),
        ),
        (
            [
                "self.layers = [nn.Linear(4, 4), nn.Dropout(0.5)]",
                "for at, layer in enumerate(self.layers): setattr(self, f'l{at}', layer)",
            ],
            REFUTED,
            ("all 2 modules in `layers` are parts of `Holder`",),
        ),
        (["self.layers = nn.ModuleList([nn.Linear(4, 4)])"], REFUTED, ("`layers` is a ModuleList and no plain container",)),
        (["self.layers = []"], REFUTED, ("`layers` is a list without modules",)),
        ([], REFUTED, ("`Holder` has no `layers`",)),
    ],
)
def test_containers(tmp_path: Path, attributes: list[str], expected: Verdict, said: tuple[str, ...]) -> None:
    text = HOLDER.format(attributes="".join(f"        {line}\n" for line in attributes))
    facts = seen("", tmp_path, recipe=text, part="layers", premises=("out-of-reach",))
    result = verdict("out-of-reach", facts)
    assert (result.verdict, result.details) == (expected, said)
