"""`judged` runs the built-in rules over events and gives the diagnostics."""

from collections.abc import Callable

import pytest

from modelint.config.schema import DEFAULT_PLUGINS
from modelint.diagnostics.diagnostic import Diagnostic
from modelint.events import Event
from modelint.judge.dispatch import dispatch
from modelint.judge.merge import merge
from modelint.judge.pack import load_rules


@pytest.fixture(scope="session")
def judged() -> Callable[..., tuple[Diagnostic, ...]]:
    rules = [loaded.rule for loaded in load_rules(DEFAULT_PLUGINS)]

    def judge(*events: Event) -> tuple[Diagnostic, ...]:
        return merge(dispatch(events, rules), rules, lambda site: "")

    return judge
