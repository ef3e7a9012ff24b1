"""The mode-sensitive layers of a model, with their modes as an event tells them.

A *leaf* is a module that is itself sensitive to the mode (`Object.sensitive`), or stands for all leaves of a kind below a library
model that is not modelled inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from modelint.events import LayerKind, LayersKnown, LayerState, Site
from modelint.interpreter import models, modes
from modelint.interpreter.frozen import left_in_train
from modelint.interpreter.heap import Object
from modelint.interpreter.running import Uses, looks_at_own_mode, parts_run
from modelint.interpreter.state import UNKNOWN_MODE, State
from modelint.interpreter.values import Choice, Data, Ref

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine

OF_LIBRARY = "a model of a library whose layers depend on what it is made from"


class Leaf(NamedTuple):
    """A mode-sensitive layer below a model: its dotted path, object, kind, whether it is one for sure, and the modules above it, itself
    included. `is_fitted`: its weights were loaded or trained, or those of a module above it."""

    path: str
    oid: int
    kind: LayerKind
    sure: bool
    above: tuple[int, ...]
    is_fitted: bool
    switched_by: tuple[tuple[models.ClassName, str], ...] = ()
    """The classes with a `train` of their own whose objects hold the layer, with the path of the layer from there."""
    is_meant: bool = False
    """Its mode is meant, whatever these classes do."""
    reason: str = ""
    """Why nobody knows what is there, for the kind `unknown`."""
    everywhere: bool = True
    """There is a layer on each way: no attribute above holds something without one on another."""


def add(machine: Machine, state: State, oid: int, kind: LayerKind) -> None:
    """Let a module have layers of a kind that are not enumerated."""
    leaf = machine.identity(("layers", oid, kind))
    if oid in machine.created_at:
        machine.created_at[leaf] = machine.created_at[oid]
    state.add(leaf, Object("instance", machine.linker.placeholder(kind), sensitive=((kind, kind != "unknown"),)))
    state.write(oid).attributes[f"<{kind}>"] = Ref(leaf)
    state.set_mode(leaf, state.modes.get(oid, UNKNOWN_MODE))


def leaves(machine: Machine, state: State, oid: int, uses: Uses = None) -> Iterator[Leaf]:
    """The mode-sensitive layers below a model, itself included. Unknown insides count as one leaf of kind `unknown`. With `uses`: those
    that run if it is used so."""
    seen: set[tuple[int, Uses]] = set()
    told: set[int] = set()
    stack: list[tuple[str, int, tuple[int, ...], Uses, bool]] = [("", oid, (), uses, True)]
    while stack:
        path, each, above, uses, everywhere = stack.pop()
        obj = state.heap.get(each)
        if (each, uses) in seen or obj is None:
            continue
        seen.add((each, uses))
        above = (*above, each)
        if each not in told:
            told.add(each)
            is_fitted = any((other, "weights") in state.facts for other in above)
            for kind, sure in obj.sensitive:
                if kind != "other" or looks_at_own_mode(machine, each, obj, uses):
                    reason = OF_LIBRARY if kind == "unknown" else ""
                    yield Leaf(path, each, kind, sure, above, is_fitted, reason=reason, everywhere=everywhere)
            reason = _why_unknown(machine, obj)
            if reason:
                yield Leaf(path, each, "unknown", False, above, is_fitted, reason=reason)
        for name, child, used in reversed(list(parts_run(machine, state, each, uses))):
            value = obj.attributes.get(name)
            always = everywhere and (type(value) is not Choice or _have_layers(machine, state, value))
            stack.append((f"{path}.{name}".strip("."), child, above, used, always))


def _have_layers(machine: Machine, state: State, value: Choice) -> bool:
    """Whether each of several modules has a layer that depends on the mode, or may have one."""
    return all(type(each) is Ref and any(leaves(machine, state, each.oid)) for each in value.options)


def _why_unknown(machine: Machine, obj: Object) -> str:
    """Why something inside could be sensitive without our knowing: an object of which no more is known than that it is a model, a base that
    is not resolved, an unknown value that is called; "" where all is known."""
    cls = obj.cls
    if obj.kind == "symbol":
        return f"an object of {cls.name} that the program is given" if cls is not None else "its class is not known"
    if cls is None:
        return ""
    if cls.unresolved_base:
        bases = f": {', '.join(cls.external_bases)}" if cls.external_bases else ""
        return f"a base of {cls.name} is not found{bases}"
    if cls.is_stub:
        return ""
    called = machine.linker.called_attributes(cls)
    unknown = [
        name
        for name, value in obj.attributes.items()
        if type(value) is Data and name in called and value.key not in machine.insensitive
    ]
    return f"{cls.name} calls self.{unknown[0]}, of which nothing is known" if unknown else ""


def layer_states(
    machine: Machine, state: State, oid: int, uses: Uses
) -> tuple[tuple[LayerState, ...], tuple[Leaf, ...], LayersKnown]:
    """The sensitive layers of a model that run if it is used so, with their modes now; leaves of one part and kind in one mode count
    once."""
    rows: dict[tuple[object, ...], tuple[LayerState, Leaf]] = {}
    known: LayersKnown = "none"
    overridden = {each for each in models.tree(machine, state, oid) if machine.linker.overrides_train(state.heap[each].cls)}
    switched = _switched_by_classes(machine, state)
    for leaf in leaves(machine, state, oid, uses):
        mode = state.modes.get(leaf.oid, UNKNOWN_MODE)
        if leaf.kind == "unknown" or not leaf.sure:
            known = "unknown" if known == "none" else known
        else:
            known = "some"
        frozen = state.frozen(leaf.oid)
        by_flag = isinstance(frozen, tuple)
        set_by = mode.eval or mode.train
        apart = set_by is not None and _stands_apart(machine, leaf, set_by.site)
        unseen = overridden - machine.overriding
        leaf = leaf._replace(switched_by=tuple(switched.get(leaf.oid, ())), is_meant=apart or not unseen.isdisjoint(leaf.above))
        left = left_in_train(machine, state, leaf, mode)
        key = (
            leaf.path.rpartition(".")[0] if known == "some" and not leaf.switched_by else leaf.path,
            leaf.kind,
            mode.bits,
            frozen,
            leaf.is_meant,
            leaf.is_fitted,
            mode.train,
            mode.eval,
            left,
        )
        if key not in rows:
            rows[key] = (
                LayerState(
                    leaf.path,
                    leaf.kind,
                    modes.mode_name(mode),
                    mode.train,
                    mode.eval,
                    frozen is not False and not by_flag,
                    mode.certain and leaf.sure and leaf.everywhere and not by_flag,
                    leaf.is_meant or bool(leaf.switched_by),
                    left_in_train=left,
                ),
                leaf,
            )
    return tuple(row for row, _ in rows.values()), tuple(leaf for _, leaf in rows.values()), known


def _stands_apart(machine: Machine, leaf: Leaf, site: Site) -> bool:
    """Whether the mode call that set a layer was one on just that part, which no call there is that reaches a whole on another path."""
    if (leaf.oid, site) in machine.taken_back:
        return True
    wholes = leaf.above[:-1]
    return bool(wholes) and (leaf.oid, site) in machine.apart and not any((each, site) in machine.apart for each in wholes)


def _switched_by_classes(machine: Machine, state: State) -> dict[int, list[tuple[models.ClassName, str]]]:
    """The layers that an object with a `train` of its own holds, a whole that is not at work itself included: by layer, the classes of
    such objects, each with the path of the layer from there."""
    found: dict[int, list[tuple[models.ClassName, str]]] = {}
    for oid in sorted(oid for oid in machine.overriding if oid in state.heap):
        cls = state.heap[oid].cls
        if cls is not None:
            for leaf in leaves(machine, state, oid):
                found.setdefault(leaf.oid, []).append(((cls.module, cls.qualname), leaf.path))
    return found
