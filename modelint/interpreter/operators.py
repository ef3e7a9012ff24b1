"""Operators: arithmetic, comparisons and boolean connections of values, and what can be said of their results."""

from __future__ import annotations

import operator as python
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeGuard

from modelint.interpreter import containers, guards, instances
from modelint.interpreter.state import State
from modelint.interpreter.values import (
    CHOICES,
    FALSE,
    TRUE,
    UNKNOWN,
    Choice,
    Class,
    Const,
    Data,
    External,
    Function,
    Key,
    ModeValue,
    Module,
    Native,
    Range,
    Ref,
    Tuple,
    Value,
    choice,
    constant,
    key_of,
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
REPEATED = 64
"""Elements of a repeated list that are still told apart."""


def operate(machine: Machine, state: State, operator: str, operands: list[Value], frame: Frame) -> Value:
    if operator == "not":
        known = guards.truth(machine, state, operands[0])
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
            guards.use_as_plain(machine, value)
        pieces = plain_values(operands)
        return constant("".join(map(str, pieces))[:LONGEST]) if pieces is not None else UNKNOWN
    folded = _fold(operator, operands)
    if folded is not None:
        return folded
    if operator in ("%", "%="):
        if operands[0] == constant(0):
            return operands[0]  # of whatever number, else there is no result
        if type(operands[0]) is Range and operands[1] == constant(1):
            return constant(0)
    if operator == "+=" and _is_container(operands[0], state, "list"):
        containers.extend(machine, state, operands[0], operands[1], frame)
        return operands[0]
    if operator == "+" or operator == "+=":
        joined = _concatenate(machine, state, operands) or _count(operands)
        if joined is not None:
            return joined
    if operator == "*" or operator == "*=":
        repeated = _repeat(machine, state, operands)
        if repeated is not None:
            return repeated
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


def _concatenate(machine: Machine, state: State, operands: list[Value]) -> Value | None:
    if Choice in map(type, operands):
        a, b = operands
        joined = [_concatenate(machine, state, [mine, other]) for mine in options(a) for other in options(b)]
        return choice(each for each in joined if each is not None) if None not in joined and len(joined) <= CHOICES else None
    tuples = [o for o in operands if isinstance(o, Tuple)]
    if len(tuples) == len(operands):
        return Tuple(tuple(item for each in tuples for item in each.items))
    if all(_is_container(o, state, "list") for o in operands):
        parts = [containers.known_elements(machine, state, o) for o in operands]
        if all(part is not None for part in parts):
            return containers.new_list(
                machine, state, tuple(v for part in parts for v in part or ()), ("sum", *(key_of(o) for o in operands))
            )
        return containers.new_list(
            machine,
            state,
            None,
            ("sum", *(key_of(o) for o in operands)),
            rest=choice(containers.element(machine, state, o) for o in operands),
        )
    return None


def _count(operands: list[Value]) -> Value | None:
    """A number above another one, and a whole number more."""
    if len(operands) != 2:  # the sign
        return operands[0] if type(operands[0]) is Range else None
    number, more = operands if type(operands[0]) is Range else reversed(operands)
    if type(number) is not Range or number.key is None or type(number.start) is not Const or type(more) is not Const:
        return None
    start = number.start.value
    if type(start) is not int or type(more.value) is not int:
        return None
    return Range(constant(start + more.value), key=("op", "+", number.key, key_of(more)))


def _repeat(machine: Machine, state: State, operands: list[Value]) -> Value | None:
    """A list or tuple times a number: the same elements again."""
    sequence, count = operands if type(operands[0]) in (Ref, Tuple) else reversed(operands)
    number = count.value if type(count) is Const and type(count.value) is int else None
    is_list = _is_container(sequence, state, "list")
    if not is_list and type(sequence) is not Tuple:
        return None
    elements = containers.known_elements(machine, state, sequence)
    times = elements * number if elements is not None and number is not None and len(elements) * number <= REPEATED else None
    if not is_list:
        return Tuple(times) if times is not None else None
    key: Key = ("repeat", key_of(sequence), key_of(count))
    if times is not None:
        return containers.new_list(machine, state, times, key)
    return containers.new_list(machine, state, None, key, rest=containers.element(machine, state, sequence))


def _connect(machine: Machine, state: State, operator: str, operands: list[Value]) -> Value:
    """`and` gives the first false operand or the last one; `or` the first true one or the last."""
    left: list[Value] = []
    known: bool | None = None
    decisive = operator == "or"
    for number, value in enumerate(operands):
        known = guards.truth(machine, state, value)
        last = number == len(operands) - 1
        if known is decisive or last:
            left.append(value)
            break
        if known is None:
            left.append(value)
    if len(left) == 1:
        return left[0]
    if operator == "and" and known is False:
        return FALSE  # whichever operand it is, it is no true one
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
        guards.use_as_plain(machine, value)
    if operator == "match" or len(operands) < 2:
        return UNKNOWN
    a, b = operands[:2]
    if operator == "isinstance":
        return instances.is_instance(machine, state, a, b)
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
    if base in ("==", "is") and b in (TRUE, FALSE):
        key = first if b == TRUE else ("not", first)  # what is compared with a flag is a flag
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
        if Tuple in (type(a), type(b)):
            return _decide_tuples(base, a, b)
        if Const in (type(a), type(b)) and (_is_container(a, state) or _is_container(b, state)):
            return False
    if base == "in" and type(a) is Const:
        elements = _members(state, b)
        if elements is not None and all(type(e) is Const for e in elements):
            return a in elements
    if type(a) is Range or type(b) is Range:
        return _decide_range(base, a, b)
    return None


def _decide_tuples(base: str, a: Value, b: Value) -> bool | None:
    """Tuples of constants are equal or not; equal ones may be one object or two. A tuple is no other constant."""
    if type(a) is not Tuple or type(b) is not Tuple:
        return False if Const in (type(a), type(b)) else None
    left, right = plain_values(a.items), plain_values(b.items)
    if left is None or right is None:
        return None
    return False if left != right else (True if base == "==" else None)


def _is_symbol(state: State, value: Value) -> bool:
    return type(value) is Ref and value.oid in state.heap and state.heap[value.oid].kind == "symbol"


def _is_container(value: Value, state: State, *kinds: str) -> TypeGuard[Ref]:
    return type(value) is Ref and value.oid in state.heap and state.heap[value.oid].kind in (kinds or ("list", "dict"))


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
