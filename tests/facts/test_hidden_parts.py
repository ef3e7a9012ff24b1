"""Modules in plain containers: which of them a real module does not know, and which of them the analysis says that it does not."""

import re

import pytest

from tests.facts.recorder import require

NET = """
from collections import OrderedDict
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, depth=3):
        super().__init__()
{body}
"""
CASES = {
    "list": ("self.layers = [nn.Linear(4, 4), nn.Linear(4, 4)]", {"layers"}),
    "comprehension": ("self.layers = [nn.Linear(4, 4) for _ in range(depth)]", {"layers"}),
    "appended": ("self.layers = []\nfor _ in range(depth):\n    self.layers.append(nn.Linear(4, 4))", {"layers"}),
    "assigned later": (
        "layers = []\nfor _ in range(depth):\n    layers.append(nn.Linear(4, 4))\nself.layers = layers",
        {"layers"},
    ),
    "tuple": ("self.layers = (nn.Linear(4, 4), nn.Dropout())", {"layers"}),
    "dict": ("self.layers = {'a': nn.Linear(4, 4), 'b': nn.Linear(4, 4)}", {"layers"}),
    "dict by name": ("self.layers = {}\nfor i in range(depth):\n    self.layers[f'layer{i}'] = nn.Linear(4, 4)", {"layers"}),
    "nested": ("self.layers = [[nn.Linear(4, 4)], [nn.Linear(4, 4)]]", {"layers"}),
    "blocks": ("self.blocks = [nn.Sequential(nn.Linear(4, 4), nn.ReLU()) for _ in range(depth)]", {"blocks"}),
    "module list": ("self.layers = nn.ModuleList([nn.Linear(4, 4) for _ in range(depth)])", set()),
    "module list appended": (
        "self.layers = nn.ModuleList()\nfor _ in range(depth):\n    self.layers.append(nn.Linear(4, 4))",
        set(),
    ),
    "sequential": ("self.layers = [nn.Linear(4, 4) for _ in range(depth)]\nself.net = nn.Sequential(*self.layers)", set()),
    "module dict": ("self.layers = nn.ModuleDict({'a': nn.Linear(4, 4)})", set()),
    "list of parts": ("self.one = nn.Linear(4, 4)\nself.two = nn.Linear(4, 4)\nself.layers = [self.one, self.two]", set()),
    "added by name": (
        "self.layers = []\nfor i in range(depth):\n    layer = nn.Linear(4, 4)\n    self.add_module(f'layer{i}', layer)\n    self.layers.append(layer)",
        set(),
    ),
    "set by name": (
        "self.layers = [nn.Linear(4, 4) for _ in range(depth)]\nfor i, layer in enumerate(self.layers):\n    setattr(self, 'layer%d' % i, layer)",
        set(),
    ),
    "registered later": (
        "self.layers = [nn.Linear(4, 4) for _ in range(depth)]\nself.layers = nn.ModuleList(self.layers)",
        set(),
    ),
    "in a part": ("self.body = nn.Module()\nlayer = nn.Linear(4, 4)\nself.body.layer = layer\nself.layers = [layer]", set()),
    "numbers": ("self.sizes = [1, 2, 3]\nself.options = {'a': 1}", set()),
}


def program(body: str) -> str:
    return NET.format(body=re.sub("^", "        ", body, flags=re.MULTILINE))


def contents(value: object) -> list[object]:
    if isinstance(value, (list, tuple, set)):
        return [each for item in value for each in contents(item)]
    return [each for item in value.values() for each in contents(item)] if isinstance(value, dict) else [value]


@pytest.mark.parametrize(("body", "claim"), CASES.values(), ids=CASES)
def test_real(body: str, claim: set[str]) -> None:
    require("torch")
    from torch import nn

    namespace: dict[str, type[nn.Module]] = {}
    exec(compile(program(body), "net.py", "exec"), namespace)
    net = namespace["Net"]()
    parts = set(net.modules())
    attributes = {name: value for name, value in vars(net).items() if not name.startswith("_")}
    hidden = {
        name: [each for each in contents(value) if isinstance(each, nn.Module) and each not in parts]
        for name, value in attributes.items()
    }
    assert {name for name, modules in hidden.items() if modules} == claim
    parameters = set(net.parameters())
    assert not any(
        parameter in parameters for modules in hidden.values() for each in modules for parameter in each.parameters()
    )
    net.eval()
    assert all(each.training for modules in hidden.values() for each in modules)


@pytest.mark.parametrize(("body", "claim"), CASES.values(), ids=CASES)
def test_abstract(body: str, claim: set[str]) -> None:
    from modelint.events import ModuleBuilt
    from modelint.testing import events

    hidden = [part for event in events(program(body)) if isinstance(event, ModuleBuilt) for part in event.hidden]
    assert {part.attribute for part in hidden} == claim
    assert all(part.certain for part in hidden)


def test_layers_with_weights() -> None:
    require("torch")
    from modelint_rules.ml111_part_out_of_reach import LIVE, WITH_STATE
    from torch import nn

    arguments = {
        "Bilinear": (2, 2, 2), "Embedding": (2, 2), "EmbeddingBag": (2, 2), "Linear": (2, 2), "GroupNorm": (1, 2), "MultiheadAttention": (2, 1),
        "TransformerEncoderLayer": (2, 1), "TransformerDecoderLayer": (2, 1), "Transformer": (2, 1, 1, 1),
    }  # fmt: skip
    for name in WITH_STATE:
        given = arguments.get(name) or (
            (2, 2, 1) if name.startswith("Conv") else (2, 2) if name.startswith(("LSTM", "GRU", "RNN")) else (2,)
        )
        assert list(getattr(nn, name)(*given).parameters()), name
    for name in LIVE:
        assert not list(getattr(nn, name)().parameters()), name
