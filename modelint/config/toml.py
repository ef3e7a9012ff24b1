"""Reads TOML, with the standard library where it can (3.11 and newer) and else with `tomli`, which has the same interface."""

from __future__ import annotations

import importlib
import sys
from typing import Any


def parse_toml(text: str) -> dict[str, Any]:
    """The document. Raises ValueError with a message for the user, and only that."""
    module = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        document: dict[str, Any] = module.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return document
