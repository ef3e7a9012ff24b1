"""When the iterations of a loop have shown all that there is to see, and what is made of the numbers that they change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from modelint.interpreter import models
from modelint.interpreter.joins import same_modes
from modelint.interpreter.state import Gradients, State
from modelint.interpreter.values import Const, Data, Key, Range, Tuple, Value, options
from modelint.ir import ops
from modelint.ir.walk import walk

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


def contained(end: State, start: State) -> bool:
    """Whether a further iteration from `end` could tell a rule nothing that the one from `start` did not: modes, facts and pending
    gradients are the same, and no name or attribute that existed before holds another model, function or flag."""
    if not same_modes(end, start) or end.facts != start.facts:
        return False
    if not end.modes.keys() <= start.modes.keys():
        return False
    if any(not _are_known(gradients, start.pending.get(oid, {})) for oid, gradients in end.pending.items()):
        return False
    for name, value in end.locals.items():
        if type(name) is str and name in start.locals and not matters_not(start.locals[name], value):
            return False
    for oid in end.changes:
        old, new = start.heap.get(oid), end.heap.get(oid)
        if old is None or new is None or old is new:
            continue
        if not all(
            matters_not(old.attributes[name], value) for name, value in new.attributes.items() if name in old.attributes
        ):
            return False
        if any(name not in old.attributes and _is_reference(value) for name, value in new.attributes.items()):
            return False
        if new.rest is not None and not (
            matters_not(old.rest, new.rest) if old.rest is not None else not _is_reference(new.rest)
        ):
            return False
        if new.items is not None and any(_is_reference(value) and value not in (old.items or ()) for value in new.items):
            return False
    return True


def _are_known(gradients: Gradients, before: Gradients) -> bool:
    """Whether all of the gradients were there before, on the same ways or more."""
    return all(
        any(known.items() <= way.items() for known in before.get(each, ())) for each, ways in gradients.items() for way in ways
    )


def widen(machine: Machine, end: State, start: State, loop: Key, body: tuple[ops.Op, ...]) -> bool:
    """Numbers that an iteration changed are anything in the iterations to come, each with an identity of its own; a count lies above where
    it was. Says whether there are any."""
    found = [
        name
        for name, value in end.locals.items()
        if _is_number(value) and type(name) is str and start.locals.get(name, value) != value
    ]
    for name in found:
        before, anything = start.locals.get(name), _anything(machine, end, (*loop, name))
        counts = type(before) is Const and before.type is int and name in _counted(machine, body)
        end.locals[name] = Range(before, key=anything.key) if counts and before is not None else anything
    widened = bool(found)
    for oid in list(end.changes):
        old, new = start.heap.get(oid), end.heap.get(oid)
        if old is None or new is None or old is new:
            continue
        for attribute, value in new.attributes.items():
            if _is_number(value) and old.attributes.get(attribute, value) != value:
                end.write(oid).attributes[attribute] = _anything(machine, end, (*loop, oid, attribute))
                widened = True
    return widened


def _anything(machine: Machine, state: State, key: Key) -> Data:
    models.forget_symbol(machine, state, key)
    return Data(key)


def _counted(machine: Machine, body: tuple[ops.Op, ...]) -> frozenset[str]:
    """As `counted_in`, which looks at each block once."""
    if id(body) not in machine.counted:
        machine.counted[id(body)] = counted_in(body)
    return machine.counted[id(body)]


def counted_in(body: tuple[ops.Op, ...]) -> frozenset[str]:
    """The local names that nothing in the block of a loop changes but the addition of a number above zero."""
    made: dict[int, ops.Op] = {}
    added: set[str] = set()
    other: set[str] = set()
    for op in walk(body):
        if isinstance(op, ops.Store):
            (added if op.scope == "local" and _adds(made, op) else other).add(op.name)
        elif isinstance(op, ops.Havoc):
            other.update(op.names)
        elif isinstance(into := getattr(op, "into", None), int):
            made[into] = op
    return frozenset(added - other)


def _adds(made: Mapping[int, ops.Op], store: ops.Store) -> bool:
    """Whether what is stored under a name is what it was, and more."""
    sum_ = made.get(store.value)
    if not isinstance(sum_, ops.Operate) or sum_.operator not in ("+", "+=") or len(sum_.operands) != 2:
        return False
    old, more = (made.get(register) for register in sum_.operands)
    if isinstance(old, ops.Constant):
        old, more = more, old
    is_old = isinstance(old, ops.Load) and (old.name, old.scope) == (store.name, store.scope)
    return is_old and isinstance(more, ops.Constant) and type(more.value) is int and more.value > 0


def _is_number(value: Value) -> bool:
    return type(value) is Const and value.type in (int, float)


def _is_reference(value: Value) -> bool:
    """It may be a model or lead to one."""
    return any(type(option) not in (Data, Range, Tuple) and type(option) is not Const for option in options(value))


def matters_not(old: Value, new: Value) -> bool:
    """Whether a name's new value makes no difference worth another iteration: numbers and unknown data come and go, but not where a flag
    was."""
    if old is new or old == new:
        return True
    olds, news = set(options(old)), set(options(new))
    if type(new) is Data and any(type(value) is Const and value.type in (bool, type(None)) for value in olds):
        return False
    for value in news - olds:
        if type(value) is Data:
            if not value.has_provenance or (not value.objects and not value.parameters and not value.graph):
                continue
            if any(
                type(o) is Data and value.graph <= o.graph and value.objects <= o.objects and value.parameters <= o.parameters
                for o in olds
            ):
                continue
        elif (
            (type(value) is Const and value.type in (int, float))
            or type(value) is Range
            or (type(value) is Tuple and not any(_is_reference(item) for item in value.items))
        ):
            continue
        return False
    return True
