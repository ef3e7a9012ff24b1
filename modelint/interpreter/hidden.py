"""Modules that a constructor keeps in a plain list, dict or tuple, where its object does not know them as parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from modelint.events import HiddenParts, Site
from modelint.interpreter import models, places
from modelint.interpreter.heap import Heap
from modelint.interpreter.machine import Machine
from modelint.interpreter.state import State
from modelint.interpreter.values import ClassInfo, Data, Function, Ref, Tuple, Value, provenance

MANAGES = frozenset(
    "train eval parameters named_parameters state_dict load_state_dict to cuda cpu apply _apply modules children"
    " __setattr__ __getattr__".split()
)
"""Methods of a class that reaches its parts in its own way."""
LOOKS_AFTER = frozenset(
    "parameters named_parameters state_dict load_state_dict train eval _modules __setattr__ register_module".split()
)
"""Words of a method that looks after the modules in an attribute which it mentions too."""
Container = Literal["list", "dict", "tuple"]


class Hidden(NamedTuple):
    """What an attribute hides in one state."""

    attribute: str
    container: Container
    site: Site
    modules: frozenset[int]
    classes: tuple[str, ...]


def hidden_parts(machine: Machine, before: Heap, ends: Sequence[State], ref: Ref, info: ClassInfo) -> Iterator[HiddenParts]:
    """What the constructor of a class hides, whose object is `ref` in the states at its end. `before`: the objects from before it."""
    if any(info.lookup(name) is not None and not _of_stub(info, name) for name in MANAGES):
        return
    found: dict[tuple[str, Site], tuple[Hidden, int]] = {}
    for end in ends:
        for hidden in _hidden_in(machine, before, end, ref):
            key = (hidden.attribute, hidden.site)
            found[key] = (hidden, found[key][1] + 1 if key in found else 1)
    for hidden, count in found.values():
        if not _is_looked_after(machine, info, hidden):
            yield HiddenParts(hidden.attribute, hidden.container, hidden.site, hidden.classes, certain=count == len(ends))


def _of_stub(info: ClassInfo, name: str) -> bool:
    found = info.lookup(name)
    return found is not None and found[1].is_stub


def _hidden_in(machine: Machine, before: Heap, state: State, ref: Ref) -> Iterator[Hidden]:
    known = set(models.tree(machine, state, ref.oid))
    known |= {oid for each in list(known) for value in state.heap[each].attributes.values() for oid in _made_of(value)}
    for name, value in state.heap[ref.oid].attributes.items():
        container = _container(state, value)
        if container is None or not isinstance(name, str) or name == "_modules" or _is_box(state, value):
            continue
        below = {oid: models.tree(machine, state, oid) for oid in models.module_ids(machine, state, value)}
        if any(known & set(tree) for tree in below.values()):
            continue  # candidates, of which one was picked
        below = {oid: tree for oid, tree in below.items() if oid not in before}
        below = {oid: tree for oid, tree in below.items() if not _is_set_aside(state, tree)}
        site = (places.of_object(machine, value.oid) if isinstance(value, Ref) else None) or next(
            (machine.created_at[oid][0] for oid in below if oid in machine.created_at), None
        )
        if below and site is not None:
            modules = frozenset(oid for tree in below.values() for oid in tree)
            yield Hidden(name, container, site, modules, models.class_names(machine, state, modules))


def _made_of(value: Value) -> frozenset[int]:
    """What something unknown was made of: it may know these as parts."""
    return provenance((value,)).objects if isinstance(value, Data) else frozenset()


def _container(state: State, value: Value) -> Container | None:
    if isinstance(value, Tuple):
        return "tuple"
    obj = state.heap.get(value.oid) if isinstance(value, Ref) else None
    if obj is None:
        return None
    return "list" if obj.kind == "list" else "dict" if obj.kind == "dict" else None


def _is_box(state: State, value: Value) -> bool:
    """A list of one: the known way to keep a module out of reach on purpose."""
    items = value.items if isinstance(value, Tuple) else state.heap[value.oid].items if isinstance(value, Ref) else None
    return items is not None and len(items) == 1


def _is_set_aside(state: State, tree: Sequence[int]) -> bool:
    """Frozen, or put in eval mode: kept out of reach on purpose."""
    frozen = any(state.facts.get((oid, "frozen")) for oid in tree)
    return frozen or any((mode := state.modes.get(oid)) is not None and mode.eval is not None for oid in tree)


def _is_looked_after(machine: Machine, info: ClassInfo, hidden: Hidden) -> bool:
    """Something gets at the modules without the object that holds them: takes their parameters, or a method of the class does."""
    created = {machine.created_at[oid][0] for oid in hidden.modules if oid in machine.created_at}
    for oid, evidence in machine.log.evidence.items():
        if (
            evidence & {"parameters", "state_dict", "owned"}
            and oid in machine.created_at
            and machine.created_at[oid][0] in created
        ):
            return True
    methods = [
        value.ir for base in info.mro if not base.is_stub for value in base.attributes.values() if isinstance(value, Function)
    ]
    return any(hidden.attribute in method.words and LOOKS_AFTER & set(method.words) for method in methods)
