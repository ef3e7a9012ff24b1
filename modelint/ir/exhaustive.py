"""`assert_never` closes a `match` over the kinds of operations, so that a new kind fails the type check and not the user.

The standard library has it from Python 3.11 on only.
"""

from __future__ import annotations

from typing import NoReturn


def assert_never(value: NoReturn) -> NoReturn:
    """Cannot be reached, if the type check passes."""
    raise AssertionError(f"unexpected {type(value).__name__}")
