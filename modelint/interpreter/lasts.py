"""Tests by which an iteration is known to be the last one of its loop, or not to be: `if index == len(loader) - 1:`."""

from __future__ import annotations

import re
from typing import NamedTuple

from modelint.interpreter import conditions
from modelint.interpreter.state import State
from modelint.interpreter.values import Const, Key, Range, Ref, Tuple, Value, constant, key_of, parts_of

COUNTS = re.compile(r"(^|_)(len|length|num|n|total|max|last|count)(_|$)|per_epoch|batches")
"""What a number of elements is called where it is not known what it is."""


class Numbers(NamedTuple):
    """The numbers that a loop counts: `number` is that of an iteration, `start` the first, `stop` the one above the last."""

    number: Key
    start: int | None
    stop: Key


def numbers_of(state: State, iterable: Value, loop: Key) -> Numbers | None:
    """Those of a loop over a range, or over what is enumerated; None if it has none that are known."""
    obj = state.heap.get(iterable.oid) if type(iterable) is Ref else None
    number: Key = loop
    if obj is not None and type(obj.rest) is Tuple and obj.rest.items and not obj.items:
        number, iterable = ("item", loop, 0), obj.rest.items[0]
    if type(iterable) is not Range or iterable.stop is None:
        return None
    start = iterable.start.value if type(iterable.start) is Const else None
    return Numbers(number, start if type(start) is int else None, iterable.stop)


def is_empty(state: State, numbers: Numbers) -> bool:
    """Whether a test said that there are no numbers: on such a way the loop does not run."""
    if numbers.start is None:
        return False
    stop, first, second = numbers.stop, key_of(constant(numbers.start)), key_of(constant(numbers.start + 1))
    tests: list[tuple[Key, bool]] = [
        ((">", stop, first), False),
        (("<", first, stop), False),
        ((">=", stop, second), False),
        (("==", stop, first), True),
        (("<=", stop, first), True),
        (("<", stop, second), True),
    ]
    if numbers.start == 0:
        tests.append((stop, False))
    return any(conditions.truth(state.ways, test) is answer for test, answer in tests)


def is_last(state: State, loop: Key, numbers: Numbers | None, *, first: bool) -> bool:
    """Whether on all ways to the end of an iteration a test said that it is the last: that the number of the element is the last one, or
    that of the elements, or one less."""
    return all(
        any(_compares(test, answer, numbers, first) is True or _says_last(test, loop, answer) for test, answer in way.items())
        for way in state.ways
    )


def goes_on(state: State, numbers: Numbers | None, *, first: bool) -> bool:
    """Whether on all ways to the end of an iteration a test said that it is not the last."""
    return all(any(_compares(test, answer, numbers, first) is False for test, answer in way.items()) for way in state.ways)


def _compares(test: Key, answer: bool | Key, numbers: Numbers | None, first: bool) -> bool | None:
    """What the answer to a test says of whether the number of the iteration is the last one; None if the test is about something else. In
    the first iteration the number may be a constant."""
    operator, sides = test[0], parts_of(test)
    if operator == "equal" and not isinstance(answer, bool):
        operator, sides, answer = "==", [*sides, answer], True
    if numbers is None or len(sides) != 2 or operator not in ("==", ">=", "<"):
        return None
    stop, above = _linear(numbers.stop)
    for left, right in (sides, sides[::-1]) if operator == "==" else (sides,):
        (base, more), (limit, beyond) = _linear(left), _linear(right)
        if first and base == () and numbers.start is not None:
            base, more = numbers.number, more - numbers.start
        if base == numbers.number and limit == stop and beyond == above - 1 + more:
            return answer is (operator != "<")
    return None


def _linear(key: Key) -> tuple[Key, int]:
    """A number as another one, () for zero, and what is added to it."""
    more = 0
    while key[0] == "op" and key[1] in ("+", "+=", "-", "-=") and len(sides := list(parts_of(key))) == 2:
        sign = 1 if str(key[1])[0] == "+" else -1
        (left, right), (first, second) = sides, map(_whole_number, sides)
        if second is not None:
            key, more = left, more + sign * second
        elif first is not None and sign == 1:
            key, more = right, more + first
        else:
            break
    number = _whole_number(key)
    return (key, more) if number is None else ((), more + number)


def _whole_number(key: Key) -> int | None:
    return key[1] if key[0] == "const" and type(key[1]) is int else None


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
