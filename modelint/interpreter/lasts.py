"""Tests by which an iteration is known to be the last one of its loop: `if index == len(loader) - 1:`."""

from __future__ import annotations

import re

from modelint.interpreter.state import State
from modelint.interpreter.values import Key, parts_of

COUNTS = re.compile(r"(^|_)(len|length|num|n|total|max|last|count)(_|$)|per_epoch|batches")
"""What a number of elements is called where it is not known what it is."""


def is_last(state: State, loop: Key) -> bool:
    """Whether on all ways to the end of an iteration a test said that the number of the element is that of the elements, or one less."""
    return all(any(_says_last(test, loop, answer) for test, answer in way.items()) for way in state.ways)


def _says_last(test: Key, loop: Key, answer: bool | Key) -> bool:
    operator, *sides = test
    if operator == "equal" and not isinstance(answer, bool):
        return _is_index(answer, sides[0], loop)
    if len(sides) != 2 or operator not in ("==", ">=", "<") or answer is (operator == "<"):
        return False
    left, right = sides
    return _is_index(left, right, loop) or (operator == "==" and _is_index(right, left, loop))


def _is_index(index: object, count: object, loop: Key) -> bool:
    """Whether `index` is the number of an element, give or take one, and `count` that of all. In the first iteration the index is a constant:
    then only a length is taken for the count."""
    if not isinstance(index, tuple) or not isinstance(count, tuple):
        return False
    index, total = _plain(index), _plain(count)
    if index[0] == "const":
        return total[0] == "len" and (count is not total or index[1] == 1)
    return _is_count(total) and (index[: len(loop)] == loop or (index[0] == "item" and index[1] == loop))


def _plain(key: Key) -> Key:
    """A number without what is added to it or taken from it."""
    while key[0] == "op" and key[1] in ("+", "-", "+="):
        key = next((part for part in parts_of(key) if part[0] != "const"), ("const", None))
    return key


def _is_count(key: Key) -> bool:
    """Whether a value is how many elements there are, or is called so."""
    if key[0] in ("attribute", "global"):
        return COUNTS.search(str(key[2])) is not None
    if key[0] in ("parameter", "local"):
        return COUNTS.search(str(key[3])) is not None
    return key[0] == "len"
