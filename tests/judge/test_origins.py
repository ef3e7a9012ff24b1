"""Where the model of a finding is made: at the finding's place or at the model's, with the calls that lead there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from modelint.diagnostics.diagnostic import Premise
from modelint.events import HiddenParts, Model, ModuleBuilt, Site, TrainOverride
from modelint.judge.context import Finding
from modelint.judge.origins import Origins
from modelint.judge.rule import Category, Rule
from tests.events import caused, forward, layer, site, training

LOADED = caused("loaded", 3, "Net.__init__", calls=(site(20),))
CREATED = Model("model-1", "model", "Net", site(20), calls=(site(30),))
EVENTS = [training(forward(layer("part.drop", eval=LOADED), model=CREATED))]


def finding(place: Site, key: str = "model-1") -> Finding:
    return Finding("ML901", (key, ""), "", place, place, (), True)


def origins(premise: Premise) -> Origins:
    return Origins(EVENTS, [Rule("ML901", "some-rule", Category.MODE, since="0.1", premise=premise)])


@pytest.mark.parametrize("premise", ["made-in-eval", "frozen"])
def test_at_the_place_of_the_finding(premise: Premise) -> None:
    place = LOADED.site
    assert origins(premise).of(finding(place)) == (site(20), place)


@pytest.mark.parametrize("premise", ["sensitive", "recurrent", "moving", "statistics", "made-frozen"])
def test_where_the_model_is_made(premise: Premise) -> None:
    assert origins(premise).of(finding(site(10))) == (site(30), site(20))


def test_where_an_object_of_the_class_is_made() -> None:
    override, container, header = site(4, "Net.train"), site(5, "Net.__init__"), site(1, "Net")
    hidden = (HiddenParts("layers", "list", container, ("torch.nn.Linear",)),)
    premise = [Rule("ML901", "some-rule", Category.MODE, since="0.1", premise="out-of-reach")]
    made = Origins([ModuleBuilt("Net", header, TrainOverride(override), hidden, made=(site(30), site(20)))], premise)
    assert made.of(finding(container)) == made.of(finding(override)) == (site(30), site(20))
    never_made = Origins([ModuleBuilt("Net", header, TrainOverride(override))], premise)
    assert never_made.of(finding(override)) == (header,)


def test_the_premise_of_a_finding_goes_before_that_of_its_rule() -> None:
    place = LOADED.site
    assert origins("sensitive").of(replace(finding(place), premise="frozen")) == (site(20), place)


def test_not_known() -> None:
    assert origins("sensitive").of(finding(site(10), "model-2")) == ()
