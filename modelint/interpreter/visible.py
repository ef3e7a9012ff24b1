"""Which models have a name at a place of the program, and which parts they have. Reads states and changes nothing in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from modelint.interpreter.heap import Object
from modelint.interpreter.models import is_module, symbol_of
from modelint.interpreter.state import State
from modelint.interpreter.values import Choice, Data, Key, Ref, Tuple, Value
from modelint.ir.module import FunctionIR
from modelint.ir.ops import Load, Store
from modelint.ir.walk import walk

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine

REACH = 3
"""How many attributes or indices a name may consist of besides the first."""
ELEMENTS = 24
"""Elements of a container that are looked at."""


def outer_names(ir: FunctionIR) -> frozenset[str]:
    """The names of enclosing functions and of the module that a function mentions."""
    return frozenset(op.name for op in walk(ir.body) if isinstance(op, (Load, Store)) and op.scope != "local")


def visible_models(machine: Machine, state: State, frame: Frame, outer: frozenset[str]) -> Iterator[tuple[str, int]]:
    """The models that can be reached from the names of a frame, each with an expression that means it there; `outer` are the names
    that the frame's function takes from outside of it."""
    for name, value in _bound(machine, state, frame, outer):
        yield from _reached(machine, state, name, value, REACH)
    for oid in state.modes:
        name = _parameter_path(machine.origins.get(oid, ()), frame)
        if name:
            yield name, oid


def parts_of(machine: Machine, state: State, oid: int) -> Iterator[tuple[str, int]]:
    """The direct parts of a module with their names."""
    obj = state.heap.get(oid)
    if obj is None:
        return
    for name, value in obj.attributes.items():
        if name == "_modules":
            for held, inner in _elements(state, value):
                yield from _modules(machine, state, held, inner)
        else:
            yield from _modules(machine, state, str(name), value)


def _bound(machine: Machine, state: State, frame: Frame, outer: frozenset[str]) -> Iterator[tuple[str, Value]]:
    """What a frame's names hold. Registers are none, nor are the variables of comprehensions."""
    is_top_level = frame.ir.index == 0
    inner: list[tuple[object, Value]] = list(state.locals.items())
    for oid in (*frame.cells, machine.identities.get(("namespace", frame.module), 0)):
        space = state.heap.get(oid)
        if space is not None:
            inner.extend((name, value) for name, value in space.attributes.items() if is_top_level or name in outer)
    return ((str(name), value) for name, value in inner if str(name).isidentifier())


def _reached(machine: Machine, state: State, name: str, value: Value, reach: int) -> Iterator[tuple[str, int]]:
    """The models that a value is, or that the objects and containers it is hold."""
    found = list(_modules(machine, state, name, value))
    if found or not reach:
        yield from found
    elif type(value) is Choice:
        for option in value.options:
            yield from _reached(machine, state, name, option, reach - 1)
    elif type(value) is Ref and value.oid in state.heap:
        for text, inner in _members(state.heap[value.oid], name):
            yield from _reached(machine, state, text, inner, reach - 1)
    elif type(value) is Tuple:
        for index, inner in enumerate(value.items[:ELEMENTS]):
            yield from _reached(machine, state, f"{name}[{index}]", inner, reach - 1)


def _modules(machine: Machine, state: State, name: str, value: Value) -> Iterator[tuple[str, int]]:
    """The modules that a value itself is, known ones and unknown ones that were treated as modules."""
    for option in value.options if type(value) is Choice else (value,):
        if type(option) is Ref and is_module(state, option.oid):
            yield name, option.oid
        elif type(option) is Data:
            symbol = symbol_of(machine, state, option)
            if symbol is not None:
                yield name, symbol


def _members(obj: Object, name: str) -> Iterable[tuple[str, Value]]:
    if obj.kind in ("list", "dict"):
        return [(f"{name}[{index}]", value) for index, value in _contents(obj)]
    if obj.kind in ("instance", "symbol"):
        return [(f"{name}.{attribute}", value) for attribute, value in obj.attributes.items()]
    return []


def _elements(state: State, value: Value) -> Iterator[tuple[str, Value]]:
    for option in value.options if type(value) is Choice else (value,):
        obj = state.heap.get(option.oid) if type(option) is Ref else None
        if obj is not None:
            yield from ((str(index).strip("'"), each) for index, each in _contents(obj))


def _contents(obj: Object) -> list[tuple[str, Value]]:
    """The elements of a list or dict by index or key; `…` stands for those that are not told apart."""
    found = [(str(index), value) for index, value in enumerate((obj.items or ())[:ELEMENTS])]
    found += [(repr(key), value) for key, value in list(obj.attributes.items())[:ELEMENTS]]
    return found if obj.rest is None else [*found, ("…", obj.rest)]


def _parameter_path(origin: Key, frame: Frame) -> str:
    """What an unknown object is called in the function whose parameter, or attribute of one, it is; else ""."""
    path: list[str] = []
    while len(origin) > 1 and origin[0] in ("symbol", "annotated", "attribute") and isinstance(origin[1], tuple):
        if origin[0] == "attribute":
            path.append(str(origin[2]))
        origin = origin[1]
    if len(origin) > 3 and origin[0] == "parameter" and origin[1:3] == (frame.module, frame.ir.index):
        return ".".join([str(origin[3]), *reversed(path)])
    return ""
