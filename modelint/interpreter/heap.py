"""The objects of a program: modules, other instances, containers, namespaces.

A state's heap has two layers: what was there when the entry began that is being run, which all states of the entry share and none
changes, and what the state wrote itself. A fork copies the second only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from modelint.events import Cause, LayerKind
from modelint.interpreter.values import Choice, ClassInfo, Data, Key, Plain, Range, Value, map_refs, passing_parts


class Untouched(NamedTuple):
    """What something unknown is as long as nothing treats it as a module: `whole`: what it is an attribute of, if that is a module;
    `made`: the call that constructs it, if one seems to."""

    key: Key
    whole: int | None = None
    made: Cause | None = None


class Object:
    """An object in the heap. `kind`: `instance`, `symbol` (of unknown class, or an attribute of one), `list`, `dict`, `cells` (captured
    variables), `namespace` (a module's globals).

    `untouched`: of an unknown value, what it is in a state that has not treated it as a module.
    `attributes`: by name, or a dict's entries by constant key. `items`: a list's elements while their number is known, else None and
    `rest` is the join of them all; `rest` also stands for a dict's other values.
    """

    __slots__ = (
        "_holds_choice",
        "attributes",
        "children",
        "cls",
        "items",
        "kind",
        "mentions",
        "passing",
        "rest",
        "sensitive",
        "untouched",
    )

    def __init__(
        self,
        kind: str,
        cls: ClassInfo | None = None,
        attributes: dict[Plain, Value] | None = None,
        items: tuple[Value, ...] | None = None,
        rest: Value | None = None,
        sensitive: tuple[tuple[LayerKind, bool], ...] = (),
        untouched: Untouched | None = None,
    ) -> None:
        self.kind, self.cls, self.items, self.rest, self.sensitive = kind, cls, items, rest, sensitive
        self.untouched = untouched
        self.attributes: dict[Plain, Value] = {} if attributes is None else attributes
        self.children: list[tuple[str, int]] | None = None
        """The parts of a module, once asked for and until it is written again."""
        self._holds_choice: bool | None = None
        self.mentions: frozenset[int] | None = None
        self.passing: frozenset[Key] | None = None

    def mentioned(self) -> frozenset[int]:
        """The objects that its values refer to."""
        if self.mentions is None:
            found: set[int] = set()

            def note(oid: int) -> int:
                found.add(oid)
                return oid

            for value in (*self.attributes.values(), *(self.items or ()), *((self.rest,) if self.rest is not None else ())):
                map_refs(value, note)
            self.mentions = frozenset(found)
        return self.mentions

    def made_of(self, key: Key) -> bool:
        """Whether an attribute or entry is made of this result of a call, or element of a loop."""
        if self.passing is None:
            held = (value.key for value in self.attributes.values() if isinstance(value, (Data, Range)))
            self.passing = frozenset(part for each in held if each is not None for part in passing_parts(each))
        return key in self.passing

    def holds_choice(self) -> bool:
        """Whether an attribute or variable is one of several values."""
        if self._holds_choice is None:
            held = self.attributes.values() if self.kind in ("instance", "symbol", "cells", "namespace") else ()
            self._holds_choice = any(type(value) is Choice for value in held)
        return self._holds_choice

    def clone(self) -> Object:
        return Object(self.kind, self.cls, dict(self.attributes), self.items, self.rest, self.sensitive, self.untouched)


class Heap:
    """The objects of one state, by identity. Reading is like a dict's."""

    __slots__ = ("_choosers", "_given", "_own", "_watchers")

    def __init__(self) -> None:
        self._given: dict[int, Object] = {}
        self._own: dict[int, Object | None] = {}
        """What was written since; None: deleted."""
        self._choosers: frozenset[int] = frozenset()
        """Those of the given objects that hold a choice."""
        self._watchers: tuple[set[int], ...] = ()

    def copy(self) -> Heap:
        return self._copy(self._watchers)

    def watched(self, by: set[int]) -> Heap:
        """A copy that, like all copies of it, notes which objects are looked at."""
        return self._copy((*self._watchers, by))

    def unwatched(self, by: set[int]) -> Heap:
        """A copy without one who watched it."""
        return self._copy(tuple(each for each in self._watchers if each is not by))

    def _copy(self, watchers: tuple[set[int], ...]) -> Heap:
        kind = _Watched if watchers else Heap
        new = kind.__new__(kind)
        new._given, new._own, new._choosers, new._watchers = self._given, self._own.copy(), self._choosers, watchers
        return new

    def settle(self) -> None:
        """From here on, everything that there is counts as given."""
        self._given, self._own = dict(self.items()), {}
        self._choosers = frozenset(oid for oid, obj in self._given.items() if obj.holds_choice())

    def get(self, oid: int) -> Object | None:
        own = self._own
        return own[oid] if oid in own else self._given.get(oid)

    def __contains__(self, oid: int) -> bool:
        return self.get(oid) is not None

    def __getitem__(self, oid: int) -> Object:
        obj = self.get(oid)
        if obj is None:
            raise KeyError(oid)
        return obj

    def __setitem__(self, oid: int, obj: Object) -> None:
        self._own[oid] = obj

    def pop(self, oid: int) -> Object:
        obj = self[oid]
        if oid in self._given:
            self._own[oid] = None
        else:
            del self._own[oid]
        return obj

    def items(self) -> Iterator[tuple[int, Object]]:
        for oid, obj in self._given.items():
            if oid not in self._own:
                yield oid, obj
        yield from self.written()

    def is_given(self, oid: int) -> bool:
        """Whether the object was there when the entry began."""
        return oid in self._given

    def written(self) -> list[tuple[int, Object]]:
        """The objects that were made or changed since the entry began."""
        return [(oid, obj) for oid, obj in self._own.items() if obj is not None]

    def holders_of(self, oid: int) -> Iterable[tuple[int, Object]]:
        """All objects that may refer to an object: to one that is new, only such as were written since."""
        return list(self.items()) if oid in self._given else self.written()

    def choosers(self) -> list[tuple[int, Object]]:
        """The objects that hold a choice."""
        given = [(oid, self._given[oid]) for oid in self._choosers if oid not in self._own]
        return given + [(oid, obj) for oid, obj in self.written() if obj.holds_choice()]


class _Watched(Heap):
    """Apart from `Heap`, so that what nobody watches is read without a detour."""

    __slots__ = ()

    def get(self, oid: int) -> Object | None:
        for looked_at in self._watchers:
            looked_at.add(oid)
        return super().get(oid)
