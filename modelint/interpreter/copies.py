"""Copies: new objects in place of the old ones, with what they hold; modules in the modes of the old ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import models
from modelint.interpreter.state import State
from modelint.interpreter.values import Choice, Data, Key, Tuple, Value, choice, map_refs
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine

COPIED = frozenset({"instance", "symbol", "list", "dict"})
"""Kinds of objects that a copy makes anew."""
FACTS = ("weights", "untrained", "frozen", "adapter")
"""What is true of a copy as well."""


def copy_value(machine: Machine, state: State, value: Value, frame: Frame, span: Span | None, *, is_deep: bool = True) -> Value:
    """A copy in the modes of the original: deep, with new parts, or of the object alone. A copy of something unknown is something else
    unknown."""
    place: Key = ("copy", frame.context, frame.module, span, machine.unrolled())
    copies = _Copies(machine, state, place, is_deep=is_deep)
    return copies.of(value)


class _Copies:
    """The copies that one call makes. `new`: their identities by those of the originals."""

    def __init__(self, machine: Machine, state: State, place: Key, *, is_deep: bool) -> None:
        self._machine, self._state, self._place, self._is_deep = machine, state, place, is_deep
        self._new: dict[int, int] = {}

    def of(self, value: Value) -> Value:
        if isinstance(value, Choice):
            return choice(map(self.of, value.options))
        if isinstance(value, Tuple):
            return Tuple(tuple(map(self.of, value.items))) if self._is_deep else value
        if isinstance(value, Data) and value.key is not None:
            symbol = models.symbol_of(self._machine, self._state, value)
            if symbol is not None:
                self._object(symbol)
            value = value._replace(key=(*self._place, value.key))
        if isinstance(value, Data):
            return map_refs(value, lambda oid: self._new.get(oid, oid))
        return map_refs(value, self._object)

    def _object(self, oid: int) -> int:
        old = self._state.heap.get(oid)
        if oid in self._new or old is None or old.kind not in COPIED:
            return self._new.get(oid, oid)
        new = self._new[oid] = self._identity(oid)
        obj = old.clone()
        if self._is_deep:
            obj.attributes = {name: self.of(each) for name, each in obj.attributes.items()}
            obj.items = None if obj.items is None else tuple(map(self.of, obj.items))
            obj.rest = None if obj.rest is None else self.of(obj.rest)
        self._state.add(new, obj)
        if oid in self._state.modes:
            self._state.set_mode(new, self._state.modes[oid])
        for evidence in self._machine.log.evidence.get(oid, ()):
            self._machine.log.note(new, evidence)
        for what in FACTS:
            if (oid, what) in self._state.facts:
                self._state.facts[new, what] = self._state.facts[oid, what]
        return new

    def _identity(self, oid: int) -> int:
        origin = self._machine.origins[oid]
        if origin[0] == "symbol":
            return self._machine.identity(("symbol", (*self._place, origin[1])))
        return self._machine.identity((*self._place, oid))
