"""What only holds values by name: namespaces, named tuples and typed dicts of the standard library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import attributes, containers
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.frame import Frame
from modelint.interpreter.heap import Object
from modelint.interpreter.state import State
from modelint.interpreter.values import Class, ClassInfo, Key, Plain, Ref, Value, plain_values
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine

NAMESPACES = frozenset({"types.SimpleNamespace", "argparse.Namespace"})
REPLACE = frozenset({"copy.replace", "dataclasses.replace"})


def namespace(machine: Machine, state: State, arguments: Arguments, frame: Frame, span: Span) -> Ref:
    """A new namespace with what it was given."""
    ref = state.add(
        machine.identity(("namespace of", frame.module, span, frame.context, machine.unrolled())), Object("instance")
    )
    for name, value in arguments.keywords.items():
        attributes.set_attribute(machine, state, ref, name, value, frame, span)
    return ref


def named_tuple(machine: Machine, state: State, arguments: Arguments, frame: Frame, span: Span) -> Class | None:
    """The class that `namedtuple(name, fields)` makes; None if its fields are not known."""
    fields = _fields(machine, state, arguments.get(1, "field_names"))
    if fields is None:
        return None
    key: Key = ("named tuple", frame.module, span, frame.context)
    info = machine.classes.get(key)
    if info is None:
        info = machine.classes[key] = ClassInfo("namedtuple", "namedtuple", frame.module, None, is_stub=frame.is_stub)
        info.is_tuple = True
        info.fields = tuple((name, "", False) for name in fields)
    return Class(info)


def typed_dict(machine: Machine, state: State, info: ClassInfo, arguments: Arguments, frame: Frame, span: Span) -> Ref | None:
    """The plain dict that a call of a `TypedDict` makes of its keywords; None for a class that is none, or with other arguments."""
    bases = (base for each in info.mro if each.ir is not None for base in each.ir.bases)
    if arguments.positional or arguments.rest is not None or not any(base.rpartition(".")[2] == "TypedDict" for base in bases):
        return None
    entries: dict[Plain, Value] = dict(arguments.keywords.items())
    return containers.new_dict(machine, state, entries, (frame.module, span, frame.context))


def replaced(machine: Machine, state: State, arguments: Arguments, frame: Frame, span: Span) -> Ref | None:
    """Another record like the first argument, with other values for some of its fields."""
    old = arguments.first()
    obj = state.heap.get(old.oid) if type(old) is Ref else None
    if obj is None or obj.kind != "instance":
        return None
    ref = state.add(machine.identity(("replaced", frame.module, span, frame.context, machine.unrolled())), obj.clone())
    for name, value in arguments.keywords.items():
        attributes.set_attribute(machine, state, ref, name, value, frame, span)
    return ref


def _fields(machine: Machine, state: State, value: Value | None) -> list[str] | None:
    if value is None:
        return None
    text = plain_values((value,))
    if text is not None:
        return str(text[0]).replace(",", " ").split()
    names = plain_values(containers.known_elements(machine, state, value) or ())
    return [str(name) for name in names] if names else None
