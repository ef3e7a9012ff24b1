"""Which calls and names have nothing to do with models: such a call is not followed, which is what makes large projects cheap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import models
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.heap import Object
from modelint.interpreter.state import State
from modelint.interpreter.values import Bound, Choice, Class, ClassInfo, Data, Function, Partial, Ref, Tuple, Value
from modelint.program.classes import is_simple

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine

UNNAMED = frozenset(
    "__call__ __enter__ __exit__ __iter__ __next__ __getitem__ __setitem__ __delitem__ __contains__ __len__ __bool__ __getattr__"
    " __setattr__ __eq__ __add__ __radd__ __iadd__ __mul__ __or__ __and__".split()
)
"""Methods that run where no name of theirs is written."""


def can_skip(machine: Machine, state: State, function: Function, arguments: Arguments) -> bool:
    """Whether nothing about models can happen in a call: the function does not matter and receives nothing that does. What only looks at
    something, as the property of a flag does, is never skipped: tests depend on it."""
    if matters(machine, function) or is_simple(function.ir):
        return False
    if function.ir.name == "__init__":
        if function.owner is not None and (function.owner.is_module or _is_of_use(machine, function.owner)):
            return False  # a base's may make parts; the methods of an object need its attributes
        return not any(_carries(machine, state, value, keeps=True) for value in arguments.all()[1:])
    given = arguments.all()
    if given and function.owner is not None:
        if type(given[0]) is Ref and models.is_module(state, given[0].oid):
            return False
        if type(given[0]) is Class and (given[0].info.is_module or _is_of_use(machine, given[0].info)):
            return False
        given = given[1:]
    keeps = machine.relevance is not None and machine.relevance.keeps(function.module, function.ir)
    return not any(_carries(machine, state, value, keeps) for value in given)


def name_holds(machine: Machine, state: State, name: str, value: Value) -> None:
    """A name or attribute holds a value: if that is a model, whoever mentions the name matters."""
    relevance = machine.relevance
    if relevance is None or name in relevance.words or type(value) not in (Ref, Data, Choice, Tuple):
        return
    if models.module_ids(machine, state, value) or (type(value) is Data and not value.data and _stands_for_model(state, value)):
        _name(machine, name)


def container_holds(machine: Machine, state: State, container: Value) -> None:
    """A container was written: if there are models in it now, whoever mentions a name that holds the container matters."""
    if machine.relevance is None or type(container) is not Ref or container.oid in machine.named_containers:
        return
    if models.module_ids(machine, state, container):
        machine.named_containers.add(container.oid)
        for _, obj in state.heap.holders_of(container.oid):
            if obj.kind in ("instance", "namespace") and container.oid in obj.mentioned():
                for name in [name for name, value in obj.attributes.items() if value == container]:
                    _name(machine, str(name))


def _name(machine: Machine, name: str) -> None:
    for words in (machine.relevance, machine.builders):
        if words is not None:
            words.add(name)


def _stands_for_model(state: State, value: Data) -> bool:
    return any(models.is_module(state, oid) for oid in value.objects)


def _carries(machine: Machine, state: State, value: Value, keeps: bool, depth: int = 4) -> bool:
    """Whether a value is, or holds, a model or code that could run one. What is nested deeper than `depth` counts as such, and so does an
    object whose methods matter for one who `keeps` it: those who find it there will call them."""
    if not depth:
        return True
    if isinstance(value, (Function, Bound, Partial, Class)):
        return True
    if isinstance(value, Data):
        if value.parameters or models.symbol_of(machine, state, value) is not None:
            return True
        return any(_carries(machine, state, Ref(oid), keeps, depth) for oid in value.objects)
    if isinstance(value, Tuple):
        return any(_carries(machine, state, item, keeps, depth - 1) for item in value.items)
    if isinstance(value, Choice):
        return any(_carries(machine, state, item, keeps, depth - 1) for item in value.options)
    if isinstance(value, Ref):
        obj = state.heap.get(value.oid)
        if obj is None:
            return False
        if obj.kind in ("list", "dict"):
            inner = (*(obj.items or ()), *obj.attributes.values(), *((obj.rest,) if obj.rest is not None else ()))
            return any(_carries(machine, state, item, keeps, depth - 1) for item in inner[:24])
        if keeps and obj.cls is not None and _is_of_use(machine, obj.cls):
            return True
        return models.is_module(state, value.oid) or _acts_unnamed(machine, obj)
    return False


def _acts_unnamed(machine: Machine, obj: Object) -> bool:
    """Whether something that matters may happen to an object, or be got out of it, by a function that names none of its
    methods and attributes: by calling, entering, indexing or iterating it."""
    if obj.kind != "instance" or obj.cls is None or obj.cls.unresolved_base or obj.cls.is_stub:
        return True
    own = (value for base in obj.cls.mro if not base.is_stub for name, value in base.attributes.items() if name in UNNAMED)
    return any(type(each) is not Function or matters(machine, each) for each in own)


def _is_of_use(machine: Machine, info: ClassInfo) -> bool:
    """Whether a method of the class matters, so that its objects are not to be lost."""
    return machine.builders is not None and any(base.name in machine.builders.words for base in info.mro)


def matters(machine: Machine, function: Function) -> bool:
    """Whether anything that it says has to do with models, or may build one."""
    return any(words is None or words.matters(function.module, function.ir) for words in (machine.relevance, machine.builders))
