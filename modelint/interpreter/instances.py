"""`isinstance`: whether a value is one of some classes, where that can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter.library_names import OTHER_FRAMEWORKS
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
    Key,
    ModeValue,
    Module,
    Native,
    Partial,
    Ref,
    Tuple,
    Value,
    choice,
    constant,
    key_of,
    options,
)

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


def is_instance(machine: Machine, state: State, value: Value, classes: Value) -> Value:
    answers: set[bool | None] = set()
    for option in options(value):
        for info in _classes_of(classes):
            answers.add(_instance_of(machine, state, option, info))
            if True in answers and len(options(value)) == 1:
                return TRUE
    if answers == {False}:
        return FALSE
    if answers == {True}:
        return TRUE
    second = key_of(classes) or _class_key(classes)
    if type(value) is Choice and second is not None:
        return _of_several(machine, state, value, classes, second)
    first = key_of(value)
    return Data(("isinstance", first, second)) if first is not None and second is not None else UNKNOWN


def _of_several(machine: Machine, state: State, value: Choice, classes: Value, key: Key) -> Value:
    """Whoever goes by the answer knows which of the values it can be."""
    first = ("one of", *map(key_of, value.options))
    if None in first:
        return UNKNOWN
    answers = [(option, is_instance(machine, state, option, classes)) for option in value.options]
    tested = ("isinstance", first, key)
    accepted = choice(option for option, answer in answers if answer != FALSE)
    refused = choice(option for option, answer in answers if answer != TRUE)
    machine.tested[tested] = (value, accepted, refused)
    return Data(tested)


def _class_key(classes: Value) -> Key | None:
    if type(classes) is Tuple:
        keys = tuple(key_of(item) for item in classes.items)
        return None if None in keys else ("classes", *keys)
    return None


def _classes_of(classes: Value) -> list[Value]:
    if type(classes) is Tuple:
        return [each for item in classes.items for each in _classes_of(item)]
    if type(classes) is Choice:
        return [each for item in classes.options for each in _classes_of(item)]
    return [classes]


_TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
_DATA = frozenset({*_TYPES, "list", "dict", "tuple", "set", "frozenset"})


def _instance_of(machine: Machine, state: State, value: Value, of: Value) -> bool | None:
    if isinstance(value, Const):
        if type(of) is Native and of.name in _TYPES:
            return isinstance(value.value, _TYPES[of.name])
        return False if type(of) in (Class, Native) else None
    if isinstance(value, (Function, Bound, Class, Partial, Module)):
        return _code_is(value, of)
    if isinstance(value, Tuple):
        if value.items and value.items[0] == constant("slice"):
            return of == Native("slice")
        return of == Native("tuple") if type(of) is Native else False if type(of) is Class else None
    if isinstance(value, Ref):
        obj = state.heap.get(value.oid)
        if obj is None or obj.kind == "symbol":
            return None
        if obj.kind in ("list", "dict"):
            return of == Native(obj.kind) if type(of) is Native else False if type(of) is Class else None
        if obj.cls is not None and type(of) is Class:
            if of.info in obj.cls.mro:
                return True
            if obj.cls.unresolved_base or machine.linker.is_placeholder(obj.cls):
                return (
                    machine.linker.kind_of_class(of.info) in [k for k, _ in obj.sensitive]
                    if machine.linker.is_placeholder(obj.cls)
                    else None
                )
            return False
        if type(of) is Native:
            return False
        is_known_module = obj.cls is not None and obj.cls.is_module and not obj.cls.unresolved_base
        return False if is_known_module and type(of) is External and of.name.partition(".")[0] in OTHER_FRAMEWORKS else None
    if isinstance(value, ModeValue):
        return of == Native("bool") if type(of) is Native else None
    return None


def _code_is(value: Value, of: Value) -> bool | None:
    """Of a function, a class or a module: none of them is data. A class may be an instance of one that is a class of classes."""
    if type(of) is Native:
        return type(value) is Class if of.name == "type" else False if of.name in _DATA else None
    return False if type(of) is Class and type(value) is not Class else None
