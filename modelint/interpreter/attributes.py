"""Reading and writing attributes."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict, deque
from typing import TYPE_CHECKING, Literal

from modelint.events import Model, ModeMethodNotCalled
from modelint.interpreter import calls, models, modes, skipping, steps
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.guards import replace
from modelint.interpreter.heap import Object
from modelint.interpreter.joins import join_values
from modelint.interpreter.state import Returned, State
from modelint.interpreter.values import (
    NOTHING,
    UNKNOWN,
    Bound,
    Choice,
    Class,
    ClassInfo,
    Const,
    Data,
    External,
    Function,
    Key,
    ModeValue,
    Module,
    Partial,
    Ref,
    Super,
    Tuple,
    Value,
    Wrapped,
    choice,
    provenance,
)
from modelint.interpreter.weights import freeze, write_parameters
from modelint.ir import ops
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine

SHAPES = frozenset({"shape", "ndim", "device", "dtype", "is_cuda", "requires_grad", "names", "itemsize", "nbytes", "layout"})
"""Attributes of a tensor that say nothing of its values."""
CONTAINERS = {"list": (list, set, frozenset, deque), "dict": (dict, OrderedDict, defaultdict, Counter)}
"""The types that an object of a kind may be of."""


def get_attribute(machine: Machine, state: State, owner: Value, name: str, frame: Frame, span: Span) -> list[Returned]:
    """What `owner.name` is, in each state that reading it may lead to (a property runs code)."""
    if isinstance(owner, Ref):
        return _of_object(machine, state, owner, name, frame, span)
    if isinstance(owner, Data):
        return [(state, _of_data(machine, state, owner, name))]
    if isinstance(owner, Module):
        if name == "__dict__":
            return [(state, Bound(owner, name))]
        return [(state, machine.linker.member(machine, state, owner.path, name, frame))]
    if isinstance(owner, External):
        return [(state, External(f"{owner.name}.{name}"))]
    if isinstance(owner, Class):
        return [(state, _of_class(owner, name))]
    if isinstance(owner, Super):
        return _of_super(machine, state, owner, name, frame, span)
    if isinstance(owner, Choice):
        return _of_choice(machine, state, owner, name, frame, span)
    if isinstance(owner, (Const, Tuple, Bound, Partial)):
        if owner == NOTHING:
            machine.give_up(state)
            return []
        return [(state, Bound(owner, name))]
    if isinstance(owner, Function) and name in ("__name__", "__qualname__", "__doc__"):
        return [(state, UNKNOWN)]
    return [(state, provenance((owner,)))]


def _of_choice(machine: Machine, state: State, owner: Choice, name: str, frame: Frame, span: Span) -> list[Returned]:
    """Reading an attribute of one of several values: those that have none of the name would have raised."""
    having = [option for option in owner.options if option != NOTHING]
    having = [option for option in having if not _lacks(state, option, name)] or having
    if any(_leads_to_model(machine, state, option, name) for option in having):
        return _one_by_one(machine, state, owner, having, name, frame, span)
    if len(having) < len(owner.options) and having:
        replace(state, owner, choice(having))
    found: list[Value] = []
    for option in having:
        # Where code that runs comes to no end, the state that went into it is spent.
        reading = state.fork() if _runs_code(state, option, name) else state
        for end, value in get_attribute(machine, reading, option, name, frame, span)[:1]:
            state = end
            found.append(value)
    return [(state, choice(found))] if found else []


def _runs_code(state: State, value: Value, name: str) -> bool:
    """Whether reading an attribute calls a property or `__getattr__`."""
    obj = state.heap.get(value.oid) if type(value) is Ref else None
    if obj is None or obj.cls is None or name in obj.attributes:
        return isinstance(value, Super)
    found = obj.cls.lookup(name)
    if found is None:
        return obj.cls.lookup("__getattr__") is not None
    return type(found[0]) is Wrapped and found[0].kind == "property"


def _leads_to_model(machine: Machine, state: State, value: Value, name: str) -> bool:
    """Whether a value is a model, or has one in its attribute: what is done to that goes with which value it is."""
    obj = state.heap.get(value.oid) if type(value) is Ref else None
    if type(value) is not Ref or obj is None:
        return False
    return models.is_module(state, value.oid) or bool(
        name in obj.attributes and models.module_ids(machine, state, obj.attributes[name])
    )


def _one_by_one(
    machine: Machine, state: State, owner: Choice, having: list[Value], name: str, frame: Frame, span: Span
) -> list[Returned]:
    """From here on, each of several values in a state of its own."""
    results: list[Returned] = []
    for number, option in enumerate(having):
        branch = state.fork() if number < len(having) - 1 else state
        replace(branch, owner, option)
        results.extend(get_attribute(machine, branch, option, name, frame, span))
    return results


def _lacks(state: State, value: Value, name: str) -> bool:
    """Whether a value of a built-in type has no attribute of the name."""
    if type(value) is Const:
        return not hasattr(value.type, name)
    if type(value) is Tuple:
        return not hasattr(tuple, name)
    obj = state.heap.get(value.oid) if type(value) is Ref else None
    return obj is not None and obj.kind in CONTAINERS and not any(hasattr(each, name) for each in CONTAINERS[obj.kind])


def _of_object(machine: Machine, state: State, ref: Ref, name: str, frame: Frame, span: Span) -> list[Returned]:
    obj = state.heap.get(ref.oid)
    if obj is None:
        return [(state, UNKNOWN)]
    if obj.kind in ("list", "dict"):
        return [(state, Bound(ref, name))]
    value = obj.attributes.get(name)
    if value is not None:
        if type(value) is Const and name in machine.volatile and not _is_of_library(obj):
            return [(state, Data(("attribute", ("object", ref.oid), name)))]
        return [(state, value)]
    cls = obj.cls
    if cls is not None:
        found = cls.lookup(name)
        if found is not None:
            return bind(machine, state, ref, found[0], frame, span)
    if name == "training" and ref.oid in state.modes:
        return [(state, modes.read_mode(machine, state, ref.oid))]
    if name == "training" and models.is_module(state, ref.oid):
        return [(state, ModeValue(ref.oid, modes.inert_mode(machine, state, ref.oid), ()))]
    if name == "__class__" and cls is not None:
        return [(state, Class(cls))]
    if name == "__dict__":
        return [(state, UNKNOWN)]
    if name == "_replace" and cls is not None and cls.is_tuple:
        return [(state, Partial(External("copy.replace"), (ref,), ()))]
    if cls is not None:
        getter = cls.lookup("__getattr__")
        if getter is not None:
            arguments = Arguments((ref, _text(name)), {}, None)
            return calls.call_value(machine, state, getter[0], arguments, frame, span)
    return [(state, Data(("attribute", ("object", ref.oid), name), objects=frozenset({ref.oid})))]


def _is_of_library(obj: Object) -> bool:
    """Whether nobody but a library writes the attributes of an object, as those of a context manager."""
    return obj.cls is not None and obj.cls.is_stub and not obj.cls.is_module


def _text(name: str) -> Const:
    return Const(name, str)


def bind(machine: Machine, state: State, receiver: Value, value: Value, frame: Frame, span: Span) -> list[Returned]:
    """What a class attribute becomes when read through an instance."""
    if isinstance(value, Function):
        return [(state, Bound(receiver, value))]
    if isinstance(value, Wrapped):
        if value.kind == "property":
            return calls.call_value(machine, state, value.function, Arguments((receiver,), {}, None), frame, span)
        if value.kind == "staticmethod":
            return [(state, value.function)]
        if value.kind == "classmethod":
            obj = state.heap.get(receiver.oid) if type(receiver) is Ref else None
            return [(state, Bound(Class(obj.cls) if obj is not None and obj.cls is not None else receiver, value.function))]
        return [(state, Bound(receiver, value))]
    return [(state, value)]


def _of_class(owner: Class, name: str) -> Value:
    found = owner.info.lookup(name)
    if found is None:
        if name == "__name__":
            return Const(owner.info.name, str)
        return Data(("attribute", ("value", owner), name))
    value = found[0]
    if type(value) is Wrapped:
        if value.kind == "classmethod":
            return Bound(owner, value.function)
        if value.kind == "staticmethod":
            return value.function
    return value


def _of_super(machine: Machine, state: State, owner: Super, name: str, frame: Frame, span: Span) -> list[Returned]:
    receiver = owner.receiver
    info: ClassInfo | None = None
    if type(receiver) is Ref and receiver.oid in state.heap:
        info = state.heap[receiver.oid].cls
    elif type(receiver) is Class:
        info = receiver.info
    found = (info or owner.after).lookup(name, owner.after)
    if found is None:
        return [(state, Bound(receiver, f"super.{name}"))]
    if type(receiver) is Class:
        value = found[0]
        if type(value) is Wrapped and value.kind == "classmethod":
            return [(state, Bound(receiver, value.function))]
        return [(state, value.function if type(value) is Wrapped else value)]
    return bind(machine, state, receiver, found[0], frame, span)


def _of_data(machine: Machine, state: State, owner: Data, name: str) -> Value:
    symbol = models.symbol_of(machine, state, owner)
    if symbol is not None:
        value = state.heap[symbol].attributes.get(name)
        if value is not None:
            return value
        if name == "training":
            return modes.read_mode(machine, state, symbol)
    if name in SHAPES and owner.has_provenance:
        return UNKNOWN
    key: Key | None = ("attribute", owner.key, name) if owner.key is not None and _depth(owner.key) < 8 else None
    if name == "data" or name == "grad":
        return owner._replace(key=key, graph=frozenset())
    if not owner.has_provenance:
        return Data(key)
    return owner._replace(key=key)


def _depth(key: Key) -> int:
    depth = 0
    part: object = key
    while isinstance(part, tuple) and len(part) > 1 and part[0] == "attribute":
        depth, part = depth + 1, part[1]
    return depth


def set_attribute(machine: Machine, state: State, owner: Value, name: str, value: Value, frame: Frame, span: Span) -> None:
    for option in owner.options if type(owner) is Choice else (owner,):
        if isinstance(option, Ref):
            _set_on_object(machine, state, option.oid, name, value, frame, strong=option is owner)
        elif isinstance(option, Data):
            _set_on_data(machine, state, option, name, value, frame, span)
        elif isinstance(option, Module):
            oid = machine.identity(("namespace", option.path))
            if oid in state.heap:
                state.write(oid).attributes[name] = value
        elif isinstance(option, Class):
            option.info.attributes[name] = value


def _set_on_object(machine: Machine, state: State, oid: int, name: str, value: Value, frame: Frame, *, strong: bool) -> None:
    obj = state.heap.get(oid)
    if obj is None:
        return
    if name == "training" and oid in state.modes:
        modes.set_flags(machine, state, (oid,), value, frame)
        return
    if obj.kind in ("list", "dict"):
        return
    if obj.cls is not None:
        found = obj.cls.lookup(name)
        if found is not None and type(found[0]) is Wrapped and found[0].kind == "property":
            return
    if obj.attributes.get(name) is value:
        return
    skipping.name_holds(machine, state, name, value)
    changed = state.write(oid)
    old = changed.attributes.get(name)
    changed.attributes[name] = value if strong or old is None else join_values(old, value)


def _set_on_data(machine: Machine, state: State, owner: Data, name: str, value: Value, frame: Frame, span: Span) -> None:
    if name == "requires_grad" and owner.parameters:
        for oid in owner.parameters:
            freeze(machine, state, oid, value)
        return
    if name == "data":
        site, written = machine.site(frame, span), provenance((value,))
        steps.update(machine, state, owner, written, site, frame)
        write_parameters(machine, state, owner.parameters, written, site, frame)
    if name == "training":
        symbol = models.promote(machine, state, owner)
        if symbol is not None:
            modes.set_flags(machine, state, (symbol,), value, frame)
        return
    if owner.key is None or owner.data or owner.parameters:
        machine.log.use(provenance((value,)).graph, "escaped")
        return
    symbol = models.promote(machine, state, owner)
    if symbol is not None:
        state.write(symbol).attributes[name] = value


def note_statement(machine: Machine, state: State, owner: Value, op: ops.GetAttribute, frame: Frame) -> None:
    """`model.eval` standing alone as a statement: a method of a module was named and not called."""
    if frame.is_stub or op.name not in ("train", "eval"):
        return
    for oid in models.module_ids(machine, state, owner):
        if models.is_module(state, oid):
            text = machine.linker.excerpts.at(frame.module, op.span)
            method: Literal["train", "eval"] = "train" if op.name == "train" else "eval"
            cls = state.heap[oid].cls
            model = Model(str(oid), text.rpartition(".")[0], cls.name if cls else "", None)
            machine.log.event(ModeMethodNotCalled(model, method, text, machine.site(frame, op.span)))
            return
