"""Tests: what is known of a condition, what follows from assuming it, and operations on values.

An unknown value that has an identity (`key`) is a symbol: what was assumed of it on a branch stays assumed until the states
join. Keys of operations are made of the keys of their operands, so `phase == "train"` means the same wherever it is written.
"""

from __future__ import annotations

import operator as python
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from modelint.interpreter import conditions
from modelint.interpreter.state import State
from modelint.interpreter.values import (
    FALSE,
    TRUE,
    UNKNOWN,
    Bound,
    Choice,
    Class,
    Const,
    Data,
    External,
    Function,
    Generator,
    Key,
    ModeValue,
    Module,
    Native,
    Partial,
    Range,
    Ref,
    Tuple,
    Value,
    choice,
    constant,
    options,
    plain_values,
    provenance,
)

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": python.eq, "!=": python.ne, "<": python.lt, "<=": python.le, ">": python.gt, ">=": python.ge,
    "in": lambda a, b: a in b, "not in": lambda a, b: a not in b,
}  # fmt: skip
ORDERINGS = frozenset({"<", "<=", ">", ">="})
ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": python.add, "-": python.sub, "*": python.mul, "//": python.floordiv, "%": python.mod, "/": python.truediv,
}  # fmt: skip
LONGEST = 400
"""Characters of a string constant that is still followed."""


def key_of(value: Value) -> Key | None:
    if isinstance(value, Data):
        return value.key
    if isinstance(value, Const):
        return ("const", value.value, value.type.__name__)
    if isinstance(value, Ref):
        return ("object", value.oid)
    if isinstance(value, ModeValue):
        return ("mode", value.oid, value.own.bits)
    if isinstance(value, Range):
        return None
    if isinstance(value, (Class, Module, External, Native, Function)):
        return ("value", value)
    return None


def truth(machine: Machine, state: State, value: Value) -> bool | None:
    if isinstance(value, Const):
        return bool(value.value)
    if isinstance(value, Data):
        return conditions.truth(state.ways, value.key) if value.key is not None else None
    if isinstance(value, Choice):
        answers = {truth(machine, state, option) for option in value.options}
        return answers.pop() if len(answers) == 1 else None
    if isinstance(value, Tuple):
        return bool(value.items)
    if isinstance(value, Ref):
        return _object_truth(state, value)
    if isinstance(value, ModeValue):
        bits = value.own.bits
        return True if bits == 1 else False if bits == 2 else conditions.truth(state.ways, key_of(value) or ())
    if isinstance(value, (Class, Module, Function, Bound, Partial, Native, Generator)):
        return True
    return None


def _object_truth(state: State, ref: Ref) -> bool | None:
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
    return conditions.truth(state.ways, ("object", ref.oid))


def assume(machine: Machine, state: State, value: Value, *, truth: bool) -> bool:
    """Restrict the state to where the value is true (or false); false if that cannot be."""
    if isinstance(value, Data) and value.key is not None:
        return assume_key(machine, state, value.key, truth=truth)
    if isinstance(value, ModeValue):
        if not truth:
            machine_restore(state, value)
        return assume_key(machine, state, key_of(value) or (), truth=truth)
    if isinstance(value, Ref):
        return assume_key(machine, state, ("object", value.oid), truth=truth)
    if isinstance(value, Choice):
        left = [option for option in value.options if _may_be(option, truth=truth)]
        if not left:
            return False
        if len(left) < len(value.options):
            replace(state, value, choice(left))
    return True


def note_guarded(machine: Machine, guard: Key) -> None:
    """Remember which results of calls and loop variables a guard is about: it ends when the call or the loop goes on."""
    if guard in machine.known_guards:
        return
    machine.known_guards.add(guard)
    stack: list[object] = [guard]
    while stack:
        part = stack.pop()
        if isinstance(part, tuple) and part:
            if part[0] in ("call", "element", "local"):
                machine.guarded.setdefault(part, set()).add(guard)
            stack.extend(part[1:])


def machine_restore(state: State, value: ModeValue) -> None:
    """Where a mode that was read turns out false, what was read was eval: the caller's own doing, whatever happened since."""
    for oid, mode in ((value.oid, value.own), *value.below):
        if mode.unknown:
            state.set_mode(oid, mode)


def _may_be(option: Value, *, truth: bool) -> bool:
    if type(option) is Const:
        return bool(option.value) is truth
    if type(option) in (Class, Function, Bound, Module, Native):
        return truth
    if type(option) is Ref:
        return truth
    return True


def replace(state: State, old: Value, new: Value) -> None:
    """Narrow a choice wherever a name or an attribute holds it."""
    for name, value in state.locals.items():
        if type(value) is Choice and value == old:
            state.locals[name] = new
    state.stack = tuple(
        {name: new if value == old else value for name, value in frame.items()} if old in frame.values() else frame
        for frame in state.stack
    )
    for oid, obj in state.heap.items():
        if obj.holds_choice is None:
            obj.holds_choice = any(type(value) is Choice for value in obj.attributes.values())
        if obj.holds_choice and obj.kind in ("instance", "symbol", "cells") and old in obj.attributes.values():
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
    return True


# ------------------------------------------------------------------ operations
def operate(machine: Machine, state: State, operator: str, operands: list[Value], frame: Frame) -> Value:
    if operator == "not":
        known = truth(machine, state, operands[0])
        if known is not None:
            return FALSE if known else TRUE
        key = key_of(operands[0])
        return Data(("not", key)) if key else UNKNOWN
    if operator in ("and", "or"):
        return _connect(machine, state, operator, operands)
    if operator in ORDERINGS:
        known = _order(machine, operator, operands)
        if known is not None:
            return TRUE if known else FALSE
    if operator in COMPARISONS or operator in ("is", "is not", "isinstance", "match"):
        return compare(machine, state, operator, operands)
    if operator == "slice":
        return Tuple((constant("slice"), *operands)) if all(type(o) is Const for o in operands) else UNKNOWN
    if operator == "format":
        for value in operands:
            use_as_plain(machine, value)
        pieces = plain_values(operands)
        return constant("".join(map(str, pieces))[:LONGEST]) if pieces is not None else UNKNOWN
    folded = _fold(operator, operands)
    if folded is not None:
        return folded
    if operator == "+" or operator == "+=":
        joined = _concatenate(machine, state, operands, frame)
        if joined is not None:
            return joined
    keys = tuple(key_of(operand) for operand in operands)
    data = provenance(operands)
    return data if None in keys or data.has_provenance else Data(("op", operator, *keys))


def _order(machine: Machine, operator: str, operands: list[Value]) -> bool | None:
    """Comparisons with tuples of constants: of each other, and of the version of a library."""
    a, b = operands
    right = plain_values(b.items) if isinstance(b, Tuple) else None
    if right is None:
        return None
    left = plain_values(a.items) if isinstance(a, Tuple) else None
    if left is not None:
        return bool(COMPARISONS[operator](left, right))
    if type(a) is Data and a.key is not None and a.key[0] == "version" and operator in (">=", "<"):
        numbers = [number for number in right if isinstance(number, int)]
        return machine.version_reaches(str(a.key[1]), numbers) is (operator == ">=")
    return None


def _fold(operator: str, operands: list[Value]) -> Value | None:
    given = plain_values(operands)
    if given is None:
        return None
    if len(given) == 1 and operator in ("-", "+"):
        [number] = given
        if isinstance(number, (int, float)) and not isinstance(number, bool):
            return constant(-number if operator == "-" else number)
    function = ARITHMETIC.get(operator.removesuffix("="))
    if function is None or len(given) != 2:
        return None
    a, b = given
    if operator.startswith("*") and not (isinstance(a, (int, float)) and isinstance(b, (int, float))):
        return None
    try:
        result = function(a, b)
    except Exception:
        return None
    return (
        constant(result)
        if isinstance(result, (bool, int, float)) or (isinstance(result, str) and len(result) < LONGEST)
        else None
    )


def _concatenate(machine: Machine, state: State, operands: list[Value], frame: Frame) -> Value | None:
    from modelint.interpreter import natives

    tuples = [o for o in operands if isinstance(o, Tuple)]
    if len(tuples) == len(operands):
        return Tuple(tuple(item for each in tuples for item in each.items))
    if all(type(o) is Ref and o.oid in state.heap and state.heap[o.oid].kind == "list" for o in operands):
        parts = [natives.known_elements(machine, state, o) for o in operands]
        if all(part is not None for part in parts):
            return natives.new_list(
                machine, state, tuple(v for part in parts for v in part or ()), ("sum", *(key_of(o) for o in operands))
            )
        return natives.new_list(
            machine,
            state,
            None,
            ("sum", *(key_of(o) for o in operands)),
            rest=choice(natives.element(machine, state, o) for o in operands),
        )
    return None


def _connect(machine: Machine, state: State, operator: str, operands: list[Value]) -> Value:
    """`and` gives the first false operand or the last one; `or` the first true one or the last."""
    left: list[Value] = []
    decisive = operator == "or"
    for number, value in enumerate(operands):
        known = truth(machine, state, value)
        last = number == len(operands) - 1
        if known is decisive or last:
            left.append(value)
            break
        if known is None:
            left.append(value)
    if len(left) == 1:
        return left[0]
    keys = [key_of(value) for value in left]
    if (
        None not in keys
        and all(type(value) in (Data, Const, ModeValue) for value in left)
        and not provenance(left).has_provenance
    ):
        return Data((operator, *keys))
    if operator == "or":
        return choice([o for value in left[:-1] for o in options(value) if o != constant(None) and o != FALSE] + [left[-1]])
    if any(type(value) is Ref for value in left):
        return choice(left)
    return provenance(left, ((operator, *keys) if None not in keys else None))


def compare(machine: Machine, state: State, operator: str, operands: list[Value]) -> Value:
    for value in operands:
        use_as_plain(machine, value)
    if operator == "match" or len(operands) < 2:
        return UNKNOWN
    a, b = operands[:2]
    if operator == "isinstance":
        from modelint.interpreter import natives

        return natives.is_instance(machine, state, a, b)
    negative = operator in ("!=", "is not", "not in")
    base = {"!=": "==", "is not": "is", "not in": "in"}.get(operator, operator)
    known = _decide(machine, state, base, a, b)
    if known is not None:
        return TRUE if known is not negative else FALSE
    if type(b) is Data and type(a) is not Data and base in ("==", "is"):
        a, b = b, a
    first, second = key_of(a), key_of(b)
    if first is None or second is None:
        data = provenance(operands)
        return Data(None, data=data.data) if data.data else UNKNOWN
    key: Key = (base, first, second)
    return Data(("not", key) if negative else key)


def _decide(machine: Machine, state: State, base: str, a: Value, b: Value) -> bool | None:
    if type(a) is Choice or type(b) is Choice:
        answers = {_decide(machine, state, base, x, y) for x in options(a) for y in options(b)}
        return answers.pop() if len(answers) == 1 else None
    if type(a) is Const and type(b) is Const:
        if base == "is":
            return a == b
        try:
            return bool(COMPARISONS[base](a.value, b.value))
        except Exception:
            return None
    if base in ("==", "is"):
        none = constant(None)
        if none in (a, b):
            other = a if b == none else b
            return None if type(other) in (Data, External) or _is_symbol(state, other) else False
        flag, literal = (a, b) if isinstance(a, ModeValue) else (b, a)
        if isinstance(flag, ModeValue) and literal in (TRUE, FALSE):
            bits = flag.own.bits
            return None if bits not in (1, 2) else (bits == 1) is (literal == TRUE)
        if type(a) in (Const, Class, Function, Native, Module) and type(b) in (Const, Class, Function, Native, Module):
            return a == b
        if type(a) is Ref and a == b:
            return True
    if base == "in" and type(a) is Const:
        elements = _members(state, b)
        if elements is not None and all(type(e) is Const for e in elements):
            return a in elements
    if type(a) is Range or type(b) is Range:
        return _decide_range(base, a, b)
    return None


def _is_symbol(state: State, value: Value) -> bool:
    return type(value) is Ref and value.oid in state.heap and state.heap[value.oid].kind == "symbol"


def _decide_range(base: str, a: Value, b: Value) -> bool | None:
    """An index of a later iteration lies above the start of its range."""
    if type(a) is Range and type(a.start) is Const and type(b) is Const and isinstance(b.value, (int, float)):
        start = a.start.value
        if not isinstance(start, (int, float)):
            return None
        if base in ("==", "<") and b.value <= start:
            return False
        if base == ">" and b.value <= start:
            return True
        if base == ">=" and b.value <= start:
            return True
    return None


def _members(state: State, container: Value) -> tuple[Value, ...] | None:
    if type(container) is Tuple:
        return container.items
    if type(container) is Ref and container.oid in state.heap:
        obj = state.heap[container.oid]
        if obj.kind == "list" and obj.items is not None:
            return obj.items
        if obj.kind == "dict" and obj.rest is None:
            return tuple(map(constant, obj.attributes))
    return None


def use_as_plain(machine: Machine, value: Value) -> None:
    """The value ends as plain data here."""
    if type(value) in (Data, Tuple, Choice):
        data = provenance((value,)).data
        if data:
            machine.log.use(data, "plain")
            machine.log.use(data, "used")
