"""Every rule's page: its Example has exactly the diagnostics that it says, its Use instead has none."""

import re

import pytest

from modelint.config.schema import DEFAULT_PLUGINS
from modelint.judge.pack import LoadedRule, load_rules
from modelint.testing import fixed_source, page_mismatches

RULES = load_rules(DEFAULT_PLUGINS)


@pytest.mark.parametrize("rule", RULES, ids=[loaded.rule.code for loaded in RULES])
def test_page_examples_hold(rule: LoadedRule) -> None:
    assert page_mismatches(rule) == []


@pytest.mark.parametrize("rule", RULES, ids=[loaded.rule.code for loaded in RULES])
def test_page_has_no_todo(rule: LoadedRule) -> None:
    assert "TODO" not in rule.page.summary + "".join(rule.page.sections.values())


@pytest.mark.parametrize("rule", RULES, ids=[loaded.rule.code for loaded in RULES])
def test_fixed_page_example_is_the_good_one(rule: LoadedRule) -> None:
    if rule.rule.code == "ML201":
        pytest.skip("the names of the layers are not known to the stub")
    if rule.page.sections["Fix safety"].startswith("No fix"):
        assert [fixed_source(example) for example in rule.page.examples] == list(rule.page.examples)
        return
    for example, good in zip(rule.page.examples, rule.page.fixed_examples, strict=True):
        assert re.sub(r" +# expect:.*", "", fixed_source(example)) == good
