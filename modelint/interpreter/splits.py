"""Variables that a test decides. Behind a join, a variable may be either of two values; where the test that chose between them is
made again, it is known again which one it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from modelint.interpreter import conditions
from modelint.interpreter.values import (
    Bound,
    Choice,
    Class,
    Const,
    Data,
    Function,
    Key,
    Partial,
    Ref,
    Value,
    constant,
    passing_parts,
)

if TYPE_CHECKING:
    from modelint.interpreter.state import State


class Split(NamedTuple):
    """What a variable is where a test is true, and where it is false; None: not bound there. `joined`: what it is as long as nobody
    knows; a variable that holds something else was written since. `level`: how many frames lie below that of the variable."""

    key: Key
    when_true: Value | None
    when_false: Value | None
    joined: Value
    level: int


def separating(some: State, others: State) -> tuple[Key, bool] | None:
    """A test that is true in one state and false in the other, with what it is in the first."""
    if some.ways is others.ways:
        return None
    for here, there, is_first in ((some.ways, others.ways, True), (others.ways, some.ways, False)):
        for key, value in here[0].items():
            if value is False and conditions.truth(here, key) is False and conditions.truth(there, key) is True:
                return key, not is_first
    return None


def is_worth_it(value: Value | None) -> bool:
    """Whether it matters which value a variable has: it is an object, came out of one, or does something when it is called."""
    return type(value) in (Ref, Choice, Function, Class, Bound, Partial) or (type(value) is Data and value.has_provenance)


def is_answer(value: Value) -> bool:
    """Whether the value is one of the two that a test gives."""
    return type(value) is Const and value.type is bool


def is_lasting(key: Key) -> bool:
    """Whether a test is the same wherever it is made again: it is about no call, no element of a loop and no name that is not known."""
    return not any(passing_parts(key))


def answered(test: tuple[Key, bool], here: Value) -> Data:
    """A variable that is true in the states of one answer and false in those of the other is that test."""
    key, is_true = test
    return Data(key) if here == constant(is_true) else Data(("not", key))


def of(test: tuple[Key, bool], here: Value | None, there: Value | None, joined: Value, level: int) -> Split:
    key, is_true = test
    return Split(key, here, there, joined, level) if is_true else Split(key, there, here, joined, level)


def narrow(state: State) -> None:
    """After something was assumed: the variables that it decides."""
    for name, split in list(state.splits.items()):
        if split.level != len(state.stack) or state.locals.get(name) is not split.joined:
            continue  # of another frame, or written since
        known = conditions.truth(state.ways, split.key)
        if known is None:
            continue
        del state.splits[name]
        value = split.when_true if known else split.when_false
        if value is None:
            del state.locals[name]
        else:
            state.locals[name] = value


def follow(state: State, register: int, name: str) -> None:
    """A variable gets what is in a register, such as the value of a conditional expression, and is decided by the same test."""
    split = state.splits.get(register)
    if split is not None and split.level == len(state.stack) and state.locals[register] is split.joined:
        state.splits[name] = split


def forget(state: State, keys: Iterable[Key]) -> None:
    """The tests mean something else from now on."""
    dropped = set(keys)
    state.splits = {name: split for name, split in state.splits.items() if split.key not in dropped}
