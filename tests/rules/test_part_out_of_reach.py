"""ML111."""

from __future__ import annotations

import pytest

from modelint.diagnostics.diagnostic import Confidence
from modelint.events import HiddenParts, ModuleBuilt
from tests.events import site

LINEAR = "torch.nn.modules.linear.Linear"


def built(*classes, attribute="layers", container="list", **more):
    hidden = HiddenParts(attribute, container, site(8, "Net.__init__"), classes, **more)
    return ModuleBuilt("Net", site(5, "Net"), None, (hidden,))


def test_layers_in_a_list(judged):
    [found] = judged(built(LINEAR, "torch.nn.modules.activation.ReLU", "net.Block"))
    assert (found.code, found.span.row, found.confidence) == ("ML111", 8, Confidence.CERTAIN)
    assert found.message == "`Net.layers` is a plain list: `parameters()`, `to()` and `train()` do not reach what is in it"
    assert found.notes == ("in it: `Block`, `Linear`, `ReLU`", "use `nn.ModuleList`")


def test_dropout_in_a_dict(judged):
    [found] = judged(built("torch.nn.modules.dropout.Dropout", container="dict", certain=False))
    assert found.message == "`Net.layers` is a plain dict: `train()` and `eval()` do not reach what is in it"
    assert found.confidence is Confidence.LIKELY
    assert found.notes[1] == "use `nn.ModuleDict`"


@pytest.mark.parametrize(
    "classes", [(), ("torch.nn.modules.activation.ReLU",), ("torch.nn.modules.loss.MSELoss",), ("net.Linear",)]
)
def test_modules_without_state(judged, classes):
    assert not judged(built(*classes))


def test_subclasses_that_share_a_constructor_are_one_finding(judged):
    assert len(judged(built(LINEAR), built(LINEAR))) == 1


def test_two_attributes_are_two_findings(judged):
    hidden = (built(LINEAR).hidden[0], HiddenParts("heads", "dict", site(9, "Net.__init__"), (LINEAR,)))
    assert len(judged(ModuleBuilt("Net", site(5, "Net"), None, hidden))) == 2
