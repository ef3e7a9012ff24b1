"""Every test here states a fact of a stub."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "facts" in item.path.parts:
            item.add_marker(pytest.mark.facts)
