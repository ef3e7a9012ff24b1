"""Containers: lists, dicts and tuples as literals build them, their elements, indexing and unpacking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import models
from modelint.interpreter.heap import Object
from modelint.interpreter.joins import join_values
from modelint.interpreter.state import State
from modelint.interpreter.values import (
    NOTHING,
    UNKNOWN,
    Choice,
    Const,
    Data,
    Key,
    Plain,
    Range,
    Ref,
    Tuple,
    Value,
    choice,
    constant,
    key_of,
    options,
    provenance,
)
from modelint.ir import ops

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine


UNROLLED = 16
"""Elements that a tuple or dict has at most for each to be looked at by itself."""
MODULES = 256
"""The same for what `modules()` and its kin give: each of them has a mode of its own."""
LISTED = 64
"""The same for a list of anything else."""


def new_list(machine: Machine, state: State, items: tuple[Value, ...] | None, key: Key, rest: Value | None = None) -> Ref:
    oid = machine.identity(("list", key, machine.unrolled()))
    return state.add(oid, Object("list", items=items, rest=rest))


def new_dict(machine: Machine, state: State, entries: dict[Plain, Value], key: Key, rest: Value | None = None) -> Ref:
    oid = machine.identity(("dict", key, machine.unrolled()))
    return state.add(oid, Object("dict", attributes=entries, rest=rest))


def summarise(obj: Object, value: Value | None) -> None:
    """Forget how many elements a list has; `value` joins them."""
    elements = [*(obj.items or ()), *((obj.rest,) if obj.rest is not None else ()), *((value,) if value is not None else ())]
    obj.items = None
    obj.rest = choice(elements) if elements else None


def extend(machine: Machine, state: State, receiver: Ref, source: Value, frame: Frame) -> None:
    """Add the elements of one list to another one."""
    elements = known_elements(machine, state, source)
    changed = state.write(receiver.oid)
    if elements is not None and changed.items is not None and not frame.loops:
        changed.items = (*changed.items, *elements)
    else:
        summarise(changed, element(machine, state, source))


def build(machine: Machine, op: ops.Build, state: State, frame: Frame) -> Value:
    key: Key = (frame.module, op.span, frame.context)
    values: list[Value] = []
    known = True
    for argument in op.items:
        value = state.locals[argument.value]
        if argument.name == "*":
            elements = known_elements(machine, state, value)
            if elements is None:
                known = False
                values.append(element(machine, state, value))
            else:
                values.extend(elements)
        elif argument.name == "**":
            continue
        else:
            values.append(value)
    if op.kind == "tuple":
        return Tuple(tuple(values)) if known else provenance(values)
    if op.kind == "dict":
        return _build_dict(machine, op, state, key)
    if known and len(values) <= LISTED:
        return new_list(machine, state, tuple(values), key)
    return new_list(machine, state, None, key, choice(values) if values else None)


def _build_dict(machine: Machine, op: ops.Build, state: State, key: Key) -> Value:
    entries: dict[Plain, Value] = {}
    rest: Value | None = None
    pending: Value | None = None
    for argument in op.items:
        value = state.locals[argument.value]
        if argument.name == "**":
            other = state.heap.get(value.oid) if type(value) is Ref else None
            if other is not None and other.kind == "dict":
                if other.rest is not None:
                    overwrite(entries, key)
                entries.update(other.attributes)
                rest = other.rest if rest is None else rest if other.rest is None else join_values(rest, other.rest)
            else:
                overwrite(entries, key)
                rest = value if rest is None else join_values(rest, value)
        elif pending is None:
            pending = value
        else:
            if type(pending) is Const:
                entries[pending.value] = value
            else:
                rest = value if rest is None else join_values(rest, value)
            pending = None
    return new_dict(machine, state, entries, key, rest)


def overwrite(entries: dict[Plain, Value], key: Key) -> None:
    """Something is written under names that are not known: it may have replaced any constant. Whoever reads it reads the same each time."""
    for name, value in entries.items():
        if type(value) is Const:
            entries[name] = Data(("overwritten", key, name))


def known_elements(machine: Machine, state: State, value: Value) -> tuple[Value, ...] | None:
    """The elements of a container whose number is known and small."""
    if isinstance(value, Tuple):
        short = len(value.items) <= (MODULES if all(type(item) is Ref for item in value.items) else UNROLLED)
        return value.items if short else None
    if isinstance(value, Const) and isinstance(value.value, str):
        return None
    if isinstance(value, Ref):
        obj = state.heap.get(value.oid)
        if obj is None:
            return None
        if obj.kind == "list":
            return obj.items if obj.items is not None and len(obj.items) <= most(obj.items) else None
        if obj.kind == "dict" and obj.rest is None and len(obj.attributes) <= UNROLLED:
            return tuple(constant(k) for k in obj.attributes)
        if obj.kind == "instance" and "_modules" in obj.attributes:
            return known_elements(machine, state, obj.attributes["_modules"])
        if obj.cls is not None and obj.cls.is_tuple:
            return tuple(obj.attributes[name] for name, _, _ in obj.cls.fields if name in obj.attributes)
    return None


def most(items: tuple[Value, ...]) -> int:
    """How many elements like these a list may have for each to be looked at by itself: more if they are objects, or pairs with one."""
    return (
        MODULES
        if all(type(i) is Ref or (type(i) is Tuple and any(type(each) is Ref for each in i.items)) for i in items)
        else LISTED
    )


def element(machine: Machine, state: State, value: Value, *, first: bool = True, key: Key | None = None) -> Value:
    """One element of a container, whichever."""
    if isinstance(value, Tuple):
        return choice(value.items) if value.items else UNKNOWN
    if isinstance(value, Range):
        start = value.start
        return start if first and type(start) is Const else value._replace(key=key)
    if isinstance(value, Choice):
        return (
            choice(element(machine, state, o, first=first, key=key) for o in value.options if o != NOTHING)
            if any(o != NOTHING for o in value.options)
            else UNKNOWN
        )
    if isinstance(value, Ref):
        obj = state.heap.get(value.oid)
        if obj is not None and obj.kind == "list":
            elements = [*(obj.items or ()), *((obj.rest,) if obj.rest is not None else ())]
            if len(elements) == 1 and type(elements[0]) is Tuple and _has_range(elements[0]):
                return Tuple(
                    tuple(
                        element(machine, state, item, first=first, key=("item", key, number)) if type(item) is Range else item
                        for number, item in enumerate(elements[0].items)
                    )
                )
            return choice(elements) if elements else Data(key)
        if obj is not None and obj.kind == "dict":
            return choice(constant(k) for k in obj.attributes) if obj.attributes and obj.rest is None else Data(key)
        if obj is not None and "_modules" in obj.attributes:
            return element(machine, state, obj.attributes["_modules"], first=first, key=key)
        return Data(key)
    if isinstance(value, Data):
        return value._replace(key=key)
    return Data(key)


def _has_range(value: Tuple) -> bool:
    return any(type(item) is Range for item in value.items)


def each_option(machine: Machine, state: State, iterable: Value) -> tuple[Value, ...] | None:
    """What a loop over a container of unknown length visits, if that is a few different modules: one iteration for each, so that
    what every iteration does to its variable is done to all of them."""
    if type(iterable) is Ref and iterable.oid in state.heap:
        obj = state.heap[iterable.oid]
        if "_modules" in obj.attributes:
            return each_option(machine, state, obj.attributes["_modules"])
        if obj.kind == "list" and obj.items is None and obj.rest is not None:
            if _is_one_of_modules(state, obj.rest):
                return options(obj.rest)
            if type(obj.rest) is Tuple:
                return _each_row(state, obj.rest)
    return None


def _each_row(state: State, row: Tuple) -> tuple[Value, ...] | None:
    """What `enumerate` and `zip` give of such a container, if that is all in a row that is one of several modules."""
    places = [place for place, item in enumerate(row.items) if _is_one_of_modules(state, item)]
    if len(places) != 1:
        return None
    items = [UNKNOWN if type(item) is Range else item for item in row.items]
    [place] = places
    return tuple(Tuple((*items[:place], each, *items[place + 1 :])) for each in options(items[place]))


def _is_one_of_modules(state: State, value: Value) -> bool:
    return type(value) is Choice and all(type(each) is Ref and models.is_module(state, each.oid) for each in value.options)


def get_item(machine: Machine, state: State, owner: Value, index: Value, frame: Frame) -> Value:
    if isinstance(owner, Tuple):
        number = number_of(index, len(owner.items))
        if number is not None:
            return owner.items[number]
        sliced = _slice(index, owner.items)
        return Tuple(sliced) if sliced is not None else choice(owner.items) if owner.items else UNKNOWN
    if isinstance(owner, Choice):
        found = [get_item(machine, state, o, index, frame) for o in owner.options if o != NOTHING]
        return choice(found) if found else UNKNOWN
    if isinstance(owner, Data):
        key = key_of(index)
        chosen = owner._replace(key=("item", owner.key, key) if owner.key is not None and key is not None else None)
        by = provenance((index,)).data  # what was chosen depends on what chose it, though no gradient goes that way
        return chosen._replace(data=chosen.data | by) if by else chosen
    if isinstance(owner, Ref):
        return _item_of_object(machine, state, owner, index, frame)
    if isinstance(owner, Range):
        return owner
    first, second = key_of(owner), key_of(index)
    return provenance((owner,), ("item", first, second) if first is not None and second is not None else None)


def _item_of_object(machine: Machine, state: State, owner: Ref, index: Value, frame: Frame) -> Value:
    obj = state.heap.get(owner.oid)
    if obj is None:
        return UNKNOWN
    if obj.kind == "dict":
        if type(index) is Const and index.value in obj.attributes:
            return obj.attributes[index.value]
        if type(index) is Const and obj.rest is None and not obj.attributes:
            return UNKNOWN
        if type(index) is Const and obj.rest is not None:
            return obj.rest
        values = [*obj.attributes.values(), *((obj.rest,) if obj.rest is not None else ())]
        return choice(values) if values else UNKNOWN
    if obj.kind == "list":
        if obj.items is not None:
            number = number_of(index, len(obj.items))
            if number is not None:
                return obj.items[number]
            sliced = _slice(index, obj.items)
            if sliced is not None:
                return new_list(machine, state, sliced, ("slice", owner.oid, index))
        elif type(index) is Tuple and index.items[:1] == (constant("slice"),):
            return new_list(machine, state, None, ("slice", owner.oid, index), obj.rest)
        return element(machine, state, owner)
    if obj.cls is not None and obj.cls.is_tuple:
        return get_item(machine, state, Tuple(known_elements(machine, state, owner) or ()), index, frame)
    return UNKNOWN


def number_of(index: Value, length: int) -> int | None:
    if type(index) is Const and index.type is int and isinstance(index.value, int) and -length <= index.value < length:
        return index.value
    return None


def _slice(index: Value, items: tuple[Value, ...]) -> tuple[Value, ...] | None:
    if type(index) is not Tuple or not index.items or index.items[0] != constant("slice"):
        return None
    bounds: list[int | None] = []
    for item in index.items[1:]:
        bound = item.value if isinstance(item, Const) else None
        if bound is not None and not isinstance(bound, int):
            return None
        bounds.append(bound)
    return items[slice(*bounds)] if 1 <= len(bounds) <= 3 else None


def set_item(machine: Machine, state: State, owner: Value, index: Value, value: Value) -> None:
    for option in options(owner):
        if type(option) is not Ref or option.oid not in state.heap:
            machine.log.use(provenance((value,)).graph, "escaped")
            continue
        obj = state.heap[option.oid]
        if obj.kind == "dict":
            changed = state.write(option.oid)
            if type(index) is Const:
                changed.attributes[index.value] = value
            else:
                overwrite(changed.attributes, ("item", option.oid))
                changed.rest = value if changed.rest is None else join_values(changed.rest, value)
        elif obj.kind == "list":
            changed = state.write(option.oid)
            number = number_of(index, len(changed.items)) if changed.items is not None else None
            if number is not None and changed.items is not None:
                items = list(changed.items)
                items[number] = value
                changed.items = tuple(items)
            else:
                summarise(changed, value)
        elif "_modules" in obj.attributes:
            set_item(machine, state, obj.attributes["_modules"], index, value)


def unpack(machine: Machine, state: State, value: Value, count: int, star: int | None) -> list[Value]:
    elements = known_elements(machine, state, value)
    if elements is not None and star is None and len(elements) == count:
        return list(elements)
    if elements is not None and star is not None and len(elements) >= count - 1:
        after = count - 1 - star
        middle = elements[star : len(elements) - after]
        rest = new_list(machine, state, middle, ("unpack", value))
        return [*elements[:star], rest, *elements[len(elements) - after :]]
    if type(value) is Choice:
        usable = [o for o in value.options if o != NOTHING]
        columns = [unpack(machine, state, o, count, star) for o in usable]
        if columns:
            return [choice(column) for column in zip(*columns, strict=True)]
    if type(value) is Data:
        return [
            value._replace(key=("item", value.key, ("const", i, "int")) if value.key is not None else None)
            for i in range(count)
        ]
    one = element(machine, state, value)
    return [one] * count
