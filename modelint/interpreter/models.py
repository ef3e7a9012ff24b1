"""Models as objects: which values are modules, what stands for one that is not known, and what a module is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from modelint.events import Model
from modelint.interpreter import conditions, splits
from modelint.interpreter.heap import Object, Untouched
from modelint.interpreter.state import State
from modelint.interpreter.values import (
    Bound,
    Choice,
    ClassInfo,
    Data,
    Function,
    Key,
    Partial,
    Range,
    Ref,
    Tuple,
    Value,
    aged,
    options,
    parts_of,
    passing_parts,
    provenance,
)

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


Name = TypeVar("Name")
ClassName: TypeAlias = "tuple[str, str]"
"""Module and qualified name."""
Description: TypeAlias = tuple[ClassInfo | None, object, tuple[int, ...]]
HELD = frozenset({"module", "model", "base_model", "_orig_mod"})
"""An attribute of a stub's module with one of these names holds a module, also when nothing is known of it."""


def is_module(state: State, oid: int) -> bool:
    obj = state.heap.get(oid)
    return obj is not None and obj.cls is not None and obj.cls.is_module


def module_ids(machine: Machine, state: State, value: Value) -> tuple[int, ...]:
    """The modules that a value is or contains, known ones and unknown ones that were treated as modules."""
    found: dict[int, None] = {}
    containers: set[int] = set()
    stack = [value]
    while stack:
        each = stack.pop()
        if isinstance(each, Ref):
            obj = state.heap.get(each.oid)
            if obj is None or each.oid in containers:
                continue
            if obj.kind in ("list", "dict"):
                containers.add(each.oid)
                stack.extend(obj.items or ())
                stack.extend(obj.attributes.values())
                stack.extend(() if obj.rest is None else (obj.rest,))
            elif is_module(state, each.oid):
                found[each.oid] = None
        elif isinstance(each, (Tuple, Choice)):
            stack.extend(each.items if isinstance(each, Tuple) else each.options)
        elif isinstance(each, Data):
            symbol = symbol_of(machine, state, each)
            if symbol is not None:
                found[symbol] = None
        elif isinstance(each, Bound):
            stack.append(each.receiver)
    return tuple(found)


def leads_to_model(state: State, value: Value) -> bool:
    """Whether a model can be reached from a value, or a function is (which may reach one)."""
    seen: set[int] = set()
    stack = [value]
    while stack:
        each = stack.pop()
        if isinstance(each, Ref):
            obj = state.heap.get(each.oid)
            if obj is None or each.oid in seen:
                continue
            if (obj.cls is not None and obj.cls.is_module) or obj.kind == "symbol" or len(seen) > 200:
                return True
            seen.add(each.oid)
            stack.extend(obj.attributes.values())
            stack.extend(obj.items or ())
            stack.extend(() if obj.rest is None else (obj.rest,))
        elif isinstance(each, (Tuple, Choice)):
            stack.extend(each.items if isinstance(each, Tuple) else each.options)
        elif isinstance(each, Data):
            if each.parameters or each.graph:
                return True
            stack.extend(Ref(oid) for oid in each.objects)
        elif isinstance(each, Bound):
            stack.append(each.receiver)
        elif isinstance(each, Partial) or (isinstance(each, Function) and each.cells):
            return True
    return False


def symbol_of(machine: Machine, state: State, value: Data) -> int | None:
    """The object that stands for an unknown value, if it was ever treated as one."""
    if value.key is None:
        return None
    oid = machine.identities.get(("symbol", value.key))
    return oid if oid is not None and oid in state.heap else None


def promote(machine: Machine, state: State, value: Data) -> int | None:
    """The object that stands for an unknown value: made when it is first treated as one."""
    key = value.key
    if key is None:
        return None
    oid = machine.identity(("symbol", key))
    if key[0] == "either":
        for part in parts_of(key):
            machine.alternatives.setdefault(part, set()).add(key)
    if oid not in state.heap:
        made, whole = machine.constructed.get(key), None
        if made is not None:
            machine.created_at[oid] = made.site, made.calls
        if key[0] == "attribute" and isinstance(key[1], tuple):
            parent = key[1][1] if key[1][0] == "object" else machine.identities.get(("symbol", key[1]))
            if isinstance(parent, int) and parent in state.heap:
                state.write(parent).attributes.setdefault(str(key[2]), value)
                whole = parent
            else:
                machine.attributes_of.setdefault(key[1], {})[key] = value
        untouched = Untouched(key, whole, made)
        state.add(oid, Object("symbol", untouched=untouched))
        for part, held in machine.attributes_of.get(key, {}).items():
            if symbol_of(machine, state, held) is not None:
                state.write(oid).attributes[str(part[2])] = held
        state.set_mode(oid, state.mode_of(untouched))
    return oid


def named(machine: Machine, state: State, value: Value, key: Key) -> Value:
    """A value of which nothing is known, with an identity, so that two tests of it agree; any other as it is."""
    if type(value) is not Data or value.key is not None or value.has_provenance:
        return value
    forget_symbol(machine, state, key)
    return Data(key)


def forget_symbol(machine: Machine, state: State, key: Key) -> None:
    """A call is executed again, or a loop goes on: what is known of the last result does not hold for the new one."""
    for wider in machine.alternatives.get(key, ()):
        forget_symbol(machine, state, wider)
    oid = machine.identities.get(("symbol", key))
    if oid is not None and oid in state.heap:
        state.heap.pop(oid)
        state.changes.discard(oid)
        state.owned.discard(oid)
        state.modes.pop(oid, None)
    if key in machine.guarded:
        guards = machine.guarded[key]
        state.ways = conditions.forgotten(state.ways, guards)
        state.pending = {
            oid: {each: conditions.forgotten(ways, guards) for each, ways in gradients.items()}
            for oid, gradients in state.pending.items()
        }
        splits.forget(state, guards)
        _age_variables(machine, state, key)


def _age_variables(machine: Machine, state: State, key: Key) -> None:
    """What variables and attributes hold that was made of the last result is not made of the new one."""
    state.locals = _aged(state.locals, key)
    state.stack = tuple(_aged(frame, key) for frame in state.stack)
    namespace = machine.identity(("namespace", key[1]))
    held = dict(state.heap.written())
    if (module := state.heap.get(namespace)) is not None:
        held[namespace] = module
    for oid, obj in held.items():
        if obj.made_of(key):
            state.write(oid).attributes = _aged(obj.attributes, key)


def _aged(variables: dict[Name, Value], key: Key) -> dict[Name, Value]:
    """The variables once a result is made again, themselves if none of them has to do with it."""
    last = {
        name: value._replace(key=aged(value.key, key))
        for name, value in variables.items()
        if isinstance(value, (Data, Range)) and value.key is not None and key in passing_parts(value.key)
    }
    return {**variables, **last} if last else variables


def parts(machine: Machine, state: State, oid: int) -> list[tuple[str, int]]:
    """The direct child modules with their names."""
    obj = state.heap.get(oid)
    if obj is None:
        return []
    if obj.children is not None:
        return obj.children
    found: list[tuple[str, int]] = []
    lasting = True
    for name, value in obj.attributes.items():
        if isinstance(value, Ref) and is_module(state, value.oid):
            found.append((str(name), value.oid))
            lasting = lasting and state.heap[value.oid].kind != "symbol"  # which can be forgotten
        elif name == "_modules":
            lasting = False
            found.extend(contained_modules(machine, state, value))
        elif isinstance(value, Choice):
            found.extend((str(name), o.oid) for o in value.options if type(o) is Ref and is_module(state, o.oid))
            lasting = False
        elif isinstance(value, Data) and value.key is not None:
            lasting = False
            if name in HELD and obj.cls is not None and obj.cls.is_stub and not value.data:
                held = promote(machine, state, value)
                if held is not None:
                    machine.log.note(held, "wrapped")
            symbol = symbol_of(machine, state, value)
            if symbol is not None and machine.log.evidence.get(symbol):
                found.append((str(name), symbol))
    if lasting:
        obj.children = found
    return found


def contained_modules(machine: Machine, state: State, container: Value) -> list[tuple[str, int]]:
    """The elements of a container of modules, named by their place in it where that is known."""
    found: dict[int, str] = {}
    for value in options(container):
        obj = state.heap.get(value.oid) if type(value) is Ref else None
        if obj is None:
            continue
        named = [(str(key), each) for key, each in obj.attributes.items()] + [
            (str(i), each) for i, each in enumerate(obj.items or ())
        ]
        named += [("*", obj.rest)] if obj.rest is not None else []
        for name, each in named:
            if type(each) is Data and each.key is not None and not each.data and not each.objects:
                held = promote(machine, state, each)
                if held is not None:
                    machine.log.note(held, "wrapped")
            for oid in module_ids(machine, state, each):
                found.setdefault(oid, name)
            for oid in provenance((each,)).objects:
                if is_module(state, oid):
                    found.setdefault(oid, name)
    return [(name, oid) for oid, name in found.items()]


def tree(machine: Machine, state: State, oid: int) -> list[int]:
    """A module and all modules below it, in the order of `modules()`."""
    seen: dict[int, None] = {}
    stack = [oid]
    while stack:
        each = stack.pop()
        if each not in seen:
            seen[each] = None
            stack.extend(child for _, child in reversed(parts(machine, state, each)))
    return list(seen)


def path_to(machine: Machine, state: State, oid: int, part: int) -> str:
    """The dotted path from a module to one below it, the shortest there is; "" if there is none."""
    paths = {oid: ""}
    rows = [oid]
    while rows and part not in paths:
        below = []
        for each in rows:
            for name, child in parts(machine, state, each):
                if child not in paths:
                    paths[child] = f"{paths[each]}.{name}".strip(".")
                    below.append(child)
        rows = below
    return paths.get(part, "")


def class_names(machine: Machine, state: State, oids: Iterable[int]) -> tuple[str, ...]:
    """The dotted names of the classes of modules."""
    classes = {cls for oid in oids if (cls := state.heap[oid].cls) is not None and cls.ir is not None}
    return tuple(sorted(f"{machine.linker.dotted_module(cls.module)}.{cls.qualname}" for cls in classes))


def is_inert(machine: Machine, state: State, oid: int) -> bool:
    obj = state.heap.get(oid)
    return (
        obj is not None and obj.kind == "instance" and obj.cls is not None and obj.cls.is_stub and not obj.sensitive
        and not obj.cls.lookup("__modelint_wrapper__") and not parts(machine, state, oid)
    )  # fmt: skip


def told(machine: Machine, state: State, oid: int, text: str) -> Model:
    """A model as events tell of it; `text` is how the code names it there."""
    cls = state.heap[oid].cls
    created = machine.created_at.get(oid)
    return Model(
        str(oid), text, cls.name if cls is not None else "", created[0] if created is not None else None,
        calls=created[1] if created is not None else (), loader=machine.loaders.get(oid, ""),
        adapter=(oid, "adapter") in state.facts,
    )  # fmt: skip


def describe(machine: Machine, state: State, oid: int) -> Description:
    """What is to be told of an object: class, whether it is an adapter or a LightningModule, all above the parts."""
    obj = state.heap.get(oid)
    cls = obj.cls if obj is not None else None
    return (cls, state.facts.get((oid, "adapter")), tuple(tree(machine, state, oid)))
