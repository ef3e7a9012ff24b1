"""Deep copies: new modules in the modes of the old ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import models
from modelint.interpreter.state import State
from modelint.interpreter.values import Data, Key, Ref, Value, map_refs
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine


def copy_value(machine: Machine, state: State, value: Value, frame: Frame, span: Span | None) -> Value:
    """A deep copy: new modules in the modes of the old ones. A copy of something unknown is something else unknown."""
    place: Key = ("copy", frame.context, frame.module, span, machine.unrolled())
    if isinstance(value, Data):
        symbol = models.symbol_of(machine, state, value)
        old = models.tree(machine, state, symbol) if symbol is not None else []
    elif isinstance(value, Ref) and models.is_module(state, value.oid):
        old = models.tree(machine, state, value.oid)
    else:
        return value
    new = {oid: _copied_identity(machine, state, oid, place) for oid in old}
    for oid in old:
        obj = state.heap[oid].clone()
        state.add(new[oid], obj)
        obj.attributes = {name: _copied(machine, state, each, new, place) for name, each in obj.attributes.items()}
        if oid in state.modes:
            state.set_mode(new[oid], state.modes[oid])
        for evidence in machine.log.evidence.get(oid, ()):
            machine.log.note(new[oid], evidence)
        for what in ("weights", "untrained", "frozen", "adapter"):
            if (oid, what) in state.facts:
                state.facts[new[oid], what] = state.facts[oid, what]
    return _copied(machine, state, value, new, place)


def _copied_identity(machine: Machine, state: State, oid: int, place: Key) -> int:
    origin = machine.origins[oid]
    if origin[0] == "symbol":
        return machine.identity(("symbol", (*place, origin[1])))
    return machine.identity((*place, oid))


def _copied(machine: Machine, state: State, value: Value, new: dict[int, int], place: Key) -> Value:
    if isinstance(value, Ref) and value.oid in state.heap and state.heap[value.oid].kind in ("list", "dict"):
        obj = state.heap[value.oid].clone()
        obj.items = None if obj.items is None else tuple(_copied(machine, state, each, new, place) for each in obj.items)
        obj.rest = None if obj.rest is None else _copied(machine, state, obj.rest, new, place)
        obj.attributes = {name: _copied(machine, state, each, new, place) for name, each in obj.attributes.items()}
        return state.add(machine.identity((*place, value.oid)), obj)
    if isinstance(value, Data) and value.key is not None:
        value = value._replace(key=(*place, value.key))
    return map_refs(value, lambda oid: new.get(oid, oid))
