"""Laws of what is assumed on the ways to a state."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelint.interpreter.conditions import ANY, WAYS, Ways, assume, forgotten, joined, truth
from modelint.interpreter.values import Key

FLAGS: list[Key] = [("flag", name) for name in "abc"]
ONE: Key = ("const", 1, "int")
TWO: Key = ("const", 2, "int")


def both(ways: Ways, key: Key) -> tuple[Ways, Ways]:
    return assume(ways, key, truth=True), assume(ways, key, truth=False)


def allows(ways: Ways, values: dict[Key, bool]) -> bool:
    """Whether an assignment of the flags agrees with one of the ways."""
    return any(all(values[key] is value for key, value in way.items()) for way in ways)


assumptions = st.lists(st.tuples(st.sampled_from(FLAGS), st.booleans()), max_size=3)


def reached(steps: list[tuple[Key, bool]]) -> Ways:
    ways = ANY
    for key, value in steps:
        ways = assume(ways, key, truth=value) or ways
    return ways


@given(assumptions, assumptions)
def test_a_join_keeps_every_assignment_of_both(some: list[tuple[Key, bool]], others: list[tuple[Key, bool]]) -> None:
    a, b = reached(some), reached(others)
    together = joined(a, b)
    assert len(together) <= WAYS
    for values in product((True, False), repeat=len(FLAGS)):
        assignment = dict(zip(FLAGS, values, strict=True))
        if allows(a, assignment) or allows(b, assignment):
            assert allows(together, assignment)


@given(assumptions, st.sampled_from(FLAGS))
def test_both_ways_of_a_test_together_are_all(steps: list[tuple[Key, bool]], key: Key) -> None:
    ways = reached(steps)
    yes, no = both(ways, key)
    for values in product((True, False), repeat=len(FLAGS)):
        assignment = dict(zip(FLAGS, values, strict=True))
        assert allows(ways, assignment) == (allows(yes, assignment) or allows(no, assignment))
    assert not yes or truth(yes, key) is True
    assert not no or truth(no, key) is False


def test_branches_that_end_alike_are_one_way_again() -> None:
    assert joined(*both(ANY, FLAGS[0])) == ANY


def test_what_two_flags_exclude_stays_excluded() -> None:
    a, b, _ = FLAGS
    with_a, without_a = both(ANY, a)
    ways = joined(assume(with_a, b, truth=False), without_a)
    assert assume(assume(ways, a, truth=True), b, truth=True) == ()
    assert truth(assume(ways, b, truth=True), a) is False


def test_a_value_equals_one_constant() -> None:
    first, second = ("==", ("flag", "x"), ONE), ("==", ("flag", "x"), TWO)
    yes, no = both(ANY, first)
    assert truth(yes, second) is False
    assert truth(no, second) is None
    assert joined(yes, no) == ANY


@pytest.mark.parametrize(("operator", "value"), [("and", True), ("or", False)])
def test_a_connection_assumes_its_parts(operator: str, value: bool) -> None:
    a, b, _ = FLAGS
    ways = assume(ANY, (operator, a, ("not", b)), truth=value)
    assert truth(ways, a) is value
    assert truth(ways, b) is not value


def test_what_is_forgotten_may_be_either() -> None:
    a, b, _ = FLAGS
    ways = assume(assume(ANY, a, truth=True), b, truth=True)
    assert truth(forgotten(ways, [a]), a) is None
    assert truth(forgotten(ways, [a]), b) is True
