"""Tests: what is known of a condition and what follows from assuming it.

An unknown value that has an identity (`key`) is a symbol: what was assumed of it on a branch stays assumed until the states
join. Keys of operations are made of the keys of their operands, so `phase == "train"` means the same wherever it is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import conditions, splits
from modelint.interpreter.state import State
from modelint.interpreter.values import (
    Bound,
    Choice,
    Class,
    Const,
    Data,
    Function,
    Generator,
    Key,
    ModeValue,
    Module,
    Native,
    Partial,
    Ref,
    Tuple,
    Value,
    choice,
    key_of,
    passing_parts,
    provenance,
)

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


def truth(machine: Machine, state: State, value: Value) -> bool | None:
    if isinstance(value, Const):
        return bool(value.value)
    if isinstance(value, Data):
        return _assumed(machine, state, value.key) if value.key is not None else None
    if isinstance(value, Choice):
        answers = {truth(machine, state, option) for option in value.options}
        return answers.pop() if len(answers) == 1 else None
    if isinstance(value, Tuple):
        return bool(value.items)
    if isinstance(value, Ref):
        return _object_truth(machine, state, value)
    if isinstance(value, ModeValue):
        bits = value.own.bits
        return True if bits == 1 else False if bits == 2 else _assumed(machine, state, key_of(value) or ())
    if isinstance(value, (Class, Module, Function, Bound, Partial, Native, Generator)):
        return True
    return None


def _assumed(machine: Machine, state: State, key: Key) -> bool | None:
    known = conditions.truth(state.ways, key)
    machine.decided += known is not None
    return known


def _object_truth(machine: Machine, state: State, ref: Ref) -> bool | None:
    obj = state.heap.get(ref.oid)
    if obj is None:
        return None
    if obj.kind == "list":
        return bool(obj.items) if obj.items is not None else None
    if obj.kind == "dict":
        return True if obj.attributes else None if obj.rest is not None else False
    if obj.kind == "instance":
        cls = obj.cls
        if cls is not None and not cls.unresolved_base and not cls.lookup("__len__") and not cls.lookup("__bool__"):
            return True
        return True if cls is not None and cls.is_module else None
    return _assumed(machine, state, ("object", ref.oid))


def assume(machine: Machine, state: State, value: Value, *, truth: bool) -> bool:
    """Restrict the state to where the value is true (or false); false if that cannot be."""
    if isinstance(value, Data) and value.key is not None:
        _narrow(machine, state, value.key, truth=truth)
        return assume_key(machine, state, value.key, truth=truth)
    if isinstance(value, ModeValue):
        if not truth:
            machine_restore(state, value)
        return assume_key(machine, state, key_of(value) or (), truth=truth)
    if isinstance(value, Ref):
        return assume_key(machine, state, ("object", value.oid), truth=truth)
    if isinstance(value, Choice):
        left = [option for option in value.options if _may_be(machine, state, option, wanted=truth)]
        if len(left) < len(value.options):
            replace(state, value, choice(left))
    return True


def _narrow(machine: Machine, state: State, key: Key, *, truth: bool) -> None:
    """Of several values that were tested, those are left that give the answer."""
    while key[0] == "not" and isinstance(key[1], tuple):
        key, truth = key[1], not truth
    if key in machine.tested:
        value, accepted, refused = machine.tested[key]
        replace(state, value, accepted if truth else refused)


def note_guarded(machine: Machine, guard: Key) -> None:
    """Remember which results of calls and loop variables a guard is about: it ends when the call or the loop goes on."""
    if guard in machine.known_guards:
        return
    machine.known_guards.add(guard)
    for part in passing_parts(guard):
        machine.guarded.setdefault(part, set()).add(guard)


def machine_restore(state: State, value: ModeValue) -> None:
    """Where a mode that was read turns out false, what was read was eval: the caller's own doing, whatever happened since."""
    for oid, mode in ((value.oid, value.own), *value.below):
        if mode.unknown:
            state.set_mode(oid, mode)


def _may_be(machine: Machine, state: State, option: Value, *, wanted: bool) -> bool:
    return truth(machine, state, option) in (wanted, None)


def replace(state: State, old: Value, new: Value) -> None:
    """Narrow a choice wherever a name or an attribute holds it."""
    for name, value in state.locals.items():
        if type(value) is Choice and value == old:
            state.locals[name] = new
    state.stack = tuple(
        {name: new if value == old else value for name, value in frame.items()} if old in frame.values() else frame
        for frame in state.stack
    )
    for oid, obj in state.heap.choosers():
        if old in obj.attributes.values():
            changed = state.write(oid)
            for attribute, value in changed.attributes.items():
                if value == old:
                    changed.attributes[attribute] = new


def assume_key(machine: Machine, state: State, key: Key, *, truth: bool) -> bool:
    ways = conditions.assume(state.ways, key, truth=truth)
    if not ways:
        return False
    for way in ways:
        for guard in way:
            note_guarded(machine, guard)
    state.ways = ways
    splits.narrow(state)
    return True


def use_as_plain(machine: Machine, value: Value) -> None:
    """The value ends as plain data here."""
    if type(value) in (Data, Tuple, Choice):
        data = provenance((value,)).data
        if data:
            machine.log.use(data, "plain")
            machine.log.use(data, "used")
