"""Selecting rules by code, beginning of a code and name, for the run and for single files."""

from __future__ import annotations

import pytest

from modelint.config.schema import Config
from modelint.config.select import RuleId, Selection
from modelint.errors import ConfigError

RULES = [RuleId("ML101", "trained-in-eval"), RuleId("ML103", "not-restored"), RuleId("ML201", "save-omits")]


def selection(**settings: object) -> Selection:
    return Selection(Config(root="/p", **settings), RULES)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("settings", "enabled"),
    [
        ({}, {"ML101", "ML103", "ML201"}),
        ({"select": ("ML1",)}, {"ML101", "ML103"}),
        ({"select": ("not-restored",)}, {"ML103"}),
        ({"select": ()}, set()),
        ({"select": ("ML2",), "extend_select": ("ML103",)}, {"ML103", "ML201"}),
        ({"ignore": ("ML1",)}, {"ML201"}),
        ({"ignore": ("save-omits",)}, {"ML101", "ML103"}),
        ({"select": ("ML103",), "ignore": ("ML1",)}, {"ML103"}),
        ({"select": ("ML1",), "ignore": ("ML1",)}, set()),
        ({"ignore": ("ALL",)}, set()),
    ],
)
def test_which_rules_are_enabled(settings: dict[str, object], enabled: set[str]) -> None:
    assert selection(**settings).enabled_codes == enabled


def test_per_file_ignores_apply_where_their_pattern_matches() -> None:
    chosen = selection(per_file_ignores={"tests/**": ("ML1",), "*.ipynb": ("save-omits",)})
    assert not chosen.is_enabled("ML101", "tests/a/b.py")
    assert chosen.is_enabled("ML201", "tests/a/b.py")
    assert chosen.is_enabled("ML101", "src/tests.py")
    assert not chosen.is_enabled("ML201", "deep/n.ipynb")


def test_reports_about_the_input_are_always_enabled() -> None:
    assert selection(select=()).is_enabled("", "x.py")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"select": ("ML999",)}, 'unknown rule "ML999" in select'),
        ({"ignore": ("not-restord",)}, 'unknown rule "not-restord" in ignore; did you mean "not-restored"?'),
        ({"per_file_ignores": {"a.py": ("XX1",)}}, 'unknown rule "XX1" in per-file-ignores: "a.py"'),
        ({"select": ("",)}, 'unknown rule ""'),
    ],
)
def test_an_unknown_rule_is_an_error(settings: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        selection(source="modelint.toml", **settings)
    assert str(caught.value).startswith("modelint.toml: ")
    assert message in str(caught.value)


def test_codes_are_found_by_name_too() -> None:
    assert selection().code("save-omits") == selection().code("ML201") == "ML201"
    assert selection().code("ML2") is None
