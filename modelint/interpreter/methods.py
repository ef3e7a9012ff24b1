"""Methods of lists, dicts and strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import containers
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.heap import Object
from modelint.interpreter.joins import join_values
from modelint.interpreter.state import State
from modelint.interpreter.values import (
    NOTHING,
    UNKNOWN,
    Const,
    Key,
    Plain,
    Ref,
    Tuple,
    Value,
    choice,
    constant,
    plain_values,
    provenance,
)

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine


TEXT_METHODS = frozenset(
    "lower upper strip startswith endswith replace removeprefix removesuffix title capitalize split".split()
)


def container_method(
    machine: Machine, state: State, receiver: Ref, name: str, arguments: Arguments, frame: Frame, key: Key
) -> Value | None:
    obj = state.heap[receiver.oid]
    if obj.kind == "list":
        return _list_method(machine, state, receiver, obj, name, arguments, frame, key)
    return _dict_method(machine, state, receiver, obj, name, arguments, frame, key)


def _list_method(
    machine: Machine, state: State, receiver: Ref, obj: Object, name: str, arguments: Arguments, frame: Frame, key: Key
) -> Value | None:
    if name in ("append", "add", "insert", "appendleft"):
        value = arguments.positional[-1] if arguments.positional else UNKNOWN
        changed = state.write(receiver.oid)
        room = changed.items is not None and len(changed.items) < containers.most((value,))
        if changed.items is not None and room and not frame.loops and name != "insert":
            changed.items = (*changed.items, value)
        elif changed.items is not None and not frame.loops and name == "insert" and arguments.positional[0] == constant(0):
            changed.items = (value, *changed.items)
        else:
            containers.summarise(changed, value)
        return NOTHING
    if name in ("extend", "update", "__iadd__"):
        containers.extend(machine, state, receiver, arguments.first(), frame)
        return NOTHING
    if name in ("pop", "remove"):
        return _taken_out(machine, state, receiver, obj, name, arguments, frame)
    if name == "clear":
        changed = state.write(receiver.oid)
        changed.items, changed.rest = (), None
        return NOTHING
    if name == "copy":
        return containers.new_list(machine, state, obj.items, key, obj.rest)
    return UNKNOWN


def _taken_out(
    machine: Machine, state: State, receiver: Ref, obj: Object, name: str, arguments: Arguments, frame: Frame
) -> Value:
    """What `pop` and `remove` give. In a loop of unknown length nobody knows how many elements are left."""
    items = obj.items or ()
    if name == "remove":
        index = items.index(arguments.first()) if arguments.first() in items else None
    else:
        index = containers.number_of(arguments.get(0, "index") or constant(-1), len(items))
    result = NOTHING if name == "remove" else containers.element(machine, state, receiver) if index is None else items[index]
    if index is not None and not frame.loops:
        state.write(receiver.oid).items = tuple(each for position, each in enumerate(items) if position != index % len(items))
    elif items:
        containers.summarise(state.write(receiver.oid), None)
    return result


def _dict_method(
    machine: Machine, state: State, receiver: Ref, obj: Object, name: str, arguments: Arguments, frame: Frame, key: Key
) -> Value | None:
    values = (*obj.attributes.values(), *((obj.rest,) if obj.rest is not None else ()))
    if name in ("values", "keys", "items"):
        return _dict_view(machine, state, obj, name, key)
    if name in ("get", "pop", "setdefault"):
        index = arguments.first()
        default = arguments.get(1, "default") or NOTHING
        if type(index) is Const and index.value in obj.attributes:
            return state.write(receiver.oid).attributes.pop(index.value) if name == "pop" else obj.attributes[index.value]
        if type(index) is Const and obj.rest is None:
            if name == "setdefault":
                state.write(receiver.oid).attributes[index.value] = default
            return default
        return choice((*values, default))
    if name == "update":
        changed = state.write(receiver.oid)
        source = arguments.first() if arguments.positional else NOTHING
        other = state.heap.get(source.oid) if type(source) is Ref else None
        is_known = other is not None and other.kind == "dict"
        rest = other.rest if other is not None and is_known else None if source == NOTHING else provenance((source,))
        if rest is not None:
            containers.overwrite(changed.attributes, key)
            changed.rest = rest if changed.rest is None else join_values(changed.rest, rest)
        if other is not None and is_known:
            changed.attributes.update(other.attributes)
        changed.attributes.update(arguments.keywords)
        return NOTHING
    if name == "copy":
        return containers.new_dict(machine, state, dict(obj.attributes), key, obj.rest)
    if name == "clear":
        changed = state.write(receiver.oid)
        changed.attributes, changed.rest = {}, None
        return NOTHING
    return UNKNOWN


def _dict_view(machine: Machine, state: State, obj: Object, name: str, key: Key) -> Value:
    def entry(k: Plain, value: Value) -> Value:
        label = constant(k)
        return label if name == "keys" else value if name == "values" else Tuple((label, value))

    entries = [entry(k, value) for k, value in obj.attributes.items()]
    if obj.rest is None and len(entries) <= containers.UNROLLED:
        return Tuple(tuple(entries))
    rest = obj.rest if obj.rest is not None else UNKNOWN
    more = UNKNOWN if name == "keys" else rest if name == "values" else Tuple((UNKNOWN, rest))
    return containers.new_list(machine, state, None, key, choice([*entries, more]))


def _plain_text(value: Value) -> object:
    """A constant, or a tuple of constants (as `startswith` takes); None if it is neither."""
    if isinstance(value, Tuple):
        return plain_values(value.items)
    return value.value if type(value) is Const else None


def text_method(receiver: Const, name: str, arguments: Arguments) -> Value:
    if not isinstance(receiver.value, str) or arguments.rest is not None:
        return UNKNOWN
    values = [_plain_text(v) for v in arguments.positional]
    if name not in TEXT_METHODS or None in values:
        return UNKNOWN
    try:
        result = getattr(receiver.value, name)(*values)
    except Exception:
        return UNKNOWN
    if isinstance(result, list):
        return Tuple(tuple(map(constant, result[: containers.UNROLLED])))
    return constant(result) if isinstance(result, (bool, str)) else UNKNOWN
