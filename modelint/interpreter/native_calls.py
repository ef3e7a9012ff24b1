"""Calls of built-in functions: those that run code of the program, like `map`, and the others by the table of `natives`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import attributes, calls, containers, generators, intrinsics, natives, unresolved
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.frame import Frame
from modelint.interpreter.state import Returned, State
from modelint.interpreter.values import NOTHING, UNKNOWN, Const, Data, External, Generator, Key, Module, Ref, Value, provenance
from modelint.ir import ops
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


ITERATING = frozenset("iter list tuple next sorted set dict enumerate zip reversed".split())
"""Functions that iterate over their first argument, and so run the code that says what it gives."""


def call(
    machine: Machine, state: State, name: str, arguments: Arguments, frame: Frame, span: Span, op: ops.Call | None
) -> list[Returned]:
    key: Key = ("native", name, frame.module, span, frame.context)
    if name.startswith("modelint_stub."):
        return intrinsics.call(machine, state, name[14:], arguments, frame, key, span)
    if name == "exec" and frame.ir.index == 0:
        _doubt_globals(machine, state, frame)
    if name == "vars" and type(arguments.first()) is Module:
        return attributes.get_attribute(machine, state, arguments.first(), "__dict__", frame, span)
    if name == "getattr":
        return _getattr(machine, state, arguments, frame, span)
    if name == "setattr":
        return _setattr(machine, state, arguments, frame, span, key)
    if name in ("map", "filter") and len(arguments.positional) >= 2:
        return _map(machine, state, name, arguments, frame, span, key)
    if name in ITERATING and arguments.positional:
        first, *others = arguments.positional
        iterated = _iterate(machine, state, first, frame, span)
        if iterated is not None:
            function = natives.FUNCTIONS[name]
            given = [(end, Arguments((value, *others), arguments.keywords, None)) for end, value in iterated]
            return [(end, function(machine, end, each, frame, key) or UNKNOWN) for end, each in given]
    native = natives.FUNCTIONS.get(name)
    result = native(machine, state, arguments, frame, key) if native is not None else None
    if result is None:
        return unresolved.call_unresolved(machine, state, External(f"builtins.{name}"), arguments, frame, span, op)
    return [(state, result)]


def _iterate(machine: Machine, state: State, iterable: Value, frame: Frame, span: Span) -> list[Returned] | None:
    """What a generator or an object with an `__iter__` of its own gives by being run; None for everything else."""
    if type(iterable) is Generator:
        return generators.consume(machine, state, iterable, frame, span)
    obj = state.heap.get(iterable.oid) if type(iterable) is Ref else None
    iterator = obj.cls.lookup("__iter__") if obj is not None and obj.cls is not None else None
    if obj is None or iterator is None or "_modules" in obj.attributes:
        return None
    return calls.call_value(machine, state, iterator[0], Arguments((iterable,), {}, None), frame, span)


def _doubt_globals(machine: Machine, state: State, frame: Frame) -> None:
    """Code that is not known was run in the module: its constants may be others now."""
    oid = machine.identity(("namespace", frame.module))
    namespace = state.write(oid)
    namespace.attributes = {
        name: Data(("global", frame.module, name)) if isinstance(value, Const) and not str(name).startswith("__") else value
        for name, value in namespace.attributes.items()
    }


def _getattr(machine: Machine, state: State, arguments: Arguments, frame: Frame, span: Span) -> list[Returned]:
    if len(arguments.positional) >= 2 and type(arguments.positional[1]) is Const:
        owner, name = arguments.positional[0], str(arguments.positional[1].value)
        results = attributes.get_attribute(machine, state, owner, name, frame, span)
        if len(arguments.positional) > 2 and type(owner) in (Data, Ref) and len(results) == 1 and type(results[0][1]) is Data:
            return [(results[0][0], results[0][1])]
        return results
    owner = arguments.first()
    picked = machine.linker.picked(machine, state, owner.path) if type(owner) is Module else None
    return [(state, picked or provenance(arguments.positional[:1]))]


def _setattr(machine: Machine, state: State, arguments: Arguments, frame: Frame, span: Span, key: Key) -> list[Returned]:
    """A name that is not known stands for an attribute of its own."""
    if len(arguments.positional) == 3:
        owner, name, value = arguments.positional
        text = str(name.value) if type(name) is Const else f"<{machine.identity(key)}>"
        if type(name) is not Const and type(owner) is Ref and type(value) is Data and not value.has_provenance:
            containers.overwrite(state.write(owner.oid).attributes, key)
        attributes.set_attribute(machine, state, owner, text, value, frame, span)
    return [(state, NOTHING)]


def _map(machine: Machine, state: State, name: str, arguments: Arguments, frame: Frame, span: Span, key: Key) -> list[Returned]:
    function, *sources = arguments.positional
    if name == "filter":
        every = natives.FUNCTIONS["list"](machine, state, Arguments((sources[0],), {}, None), frame, key)
        return [(state, every or UNKNOWN)]
    elements = containers.known_elements(machine, state, sources[0])
    results: list[Returned] = []
    if elements is None:
        one = containers.element(machine, state, sources[0])
        for end, value in calls.call_value(machine, state, function, Arguments((one,), {}, None), frame, span):
            results.append((end, containers.new_list(machine, end, None, key, value)))
        return results
    states: list[tuple[State, tuple[Value, ...]]] = [(state, ())]
    for each in elements:
        states = [
            (end, (*done, value))
            for at, done in states
            for end, value in calls.call_value(machine, at, function, Arguments((each,), {}, None), frame, span)
        ][: calls.FORKS]
    return [(end, containers.new_list(machine, end, values, key)) for end, values in states]
