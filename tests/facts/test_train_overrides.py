"""An override of `train()`: what `eval()` and `train()` of a real module do with it, and what the analysis says that they do."""

import re

import pytest

from tests.facts.recorder import require

NET = """
from torch import nn


class Part(nn.Module):
    def __init__(self):
        super().__init__()
        self.drop = nn.Dropout()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(4)
        self.drop = nn.Dropout()
        self.part = Part()
{methods}
"""
RIGHT = ("", (), "self", ())
CASES = {
    "calls super": ("def train(self, mode=True):\n    return super().train(mode)", RIGHT),
    "calls the class": ("def train(self, mode=True):\n    nn.Module.train(self, mode)\n    return self", RIGHT),
    "by hand": (
        "def train(self, mode=True):\n    self.training = mode\n    for part in self.children():\n        part.train(mode)\n    return self",
        RIGHT,
    ),
    "keeps a part": (
        "def train(self, mode=True):\n    super().train(mode)\n    self.norm.eval()\n    return self",
        ("", (), "self", ("norm",)),
    ),
    "keeps all": (
        "def train(self, mode=True):\n    return super().train(False)",
        ("", (), "self", ("drop", "norm", "part.drop")),
    ),
    "does nothing": ("def train(self, mode=True):\n    self.training\n    return self", RIGHT),
    "drops the mode": ("def train(self, mode=True):\n    super().train()\n    return self", ("ignores_false", (), "self", ())),
    "sets a constant": ("def train(self, mode=True):\n    return super().train(True)", ("ignores_false", (), "self", ())),
    "takes no mode": ("def train(self):\n    return super().train()", ("no_argument", (), "self", ())),
    "takes no mode, has an eval": (
        "def train(self):\n    return super().train()\ndef eval(self):\n    return nn.Module.train(self, False)",
        RIGHT,
    ),
    "forgets super": (
        "def train(self, mode=True):\n    self.norm.train(mode)\n    return self",
        ("misses", ("drop", "part.drop"), "self", ()),
    ),
    "returns nothing": ("def train(self, mode=True):\n    super().train(mode)", ("", (), "nothing", ())),
    "returns a part": ("def train(self, mode=True):\n    super().train(mode)\n    return self.norm", ("", (), "other", ())),
    "returns sometimes": (
        "def train(self, mode=True):\n    if mode:\n        return super().train()\n    super().train(False)",
        ("", (), "nothing", ()),
    ),
}


def program(methods: str) -> str:
    return NET.format(methods=re.sub("^", "    ", methods, flags=re.MULTILINE))


@pytest.mark.parametrize(("methods", "claim"), CASES.values(), ids=CASES)
def test_real(methods: str, claim: tuple[str, tuple[str, ...], str, tuple[str, ...]]) -> None:
    require("torch")
    from torch import nn

    problem, missed, returns, keeps = claim
    namespace: dict[str, type[nn.Module]] = {}
    exec(compile(program(methods), "net.py", "exec"), namespace)
    switched = namespace["Net"]()
    if problem == "no_argument":
        with pytest.raises(TypeError):
            switched.eval()
        return
    results = [switched.eval(), namespace["Net"]().train()]
    modules = dict(switched.named_modules())
    assert problem != "ignores_false" or all(module.training for module in modules.values())
    assert problem != "misses" or (switched.training and all(modules[name].training for name in missed))
    assert {"nothing": None in results, "other": isinstance(results[0], nn.BatchNorm1d), "self": results[0] is switched}[
        returns
    ]
    trained = namespace["Net"]()
    trained.train()
    leaves = {name: module for name, module in trained.named_modules() if not list(module.children()) and name}
    assert {name for name, module in leaves.items() if not module.training} == set(keeps)


@pytest.mark.parametrize(("methods", "claim"), CASES.values(), ids=CASES)
def test_abstract(methods: str, claim: tuple[str, tuple[str, ...], str, tuple[str, ...]]) -> None:
    from modelint.events import ModuleBuilt
    from modelint.testing import events

    [built] = [event for event in events(program(methods)) if isinstance(event, ModuleBuilt)]
    assert built.train is not None
    assert (built.train.problem, built.train.missed, built.train.returns, built.train.keeps) == claim
