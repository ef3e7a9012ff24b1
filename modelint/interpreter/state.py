"""What is known at a point of the program, and how two such states become one.

States are mutable and owned by one branch of the interpretation: `fork` before going two ways. Objects in the heap are shared
between forks until one of them writes (`write` copies first). `changes` lists the objects that a state wrote since the region
that forked it began, so that a join looks at those and not at the whole heap.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from modelint.events import Cause, LayerKind
from modelint.interpreter import conditions
from modelint.interpreter.values import (
    Choice,
    ClassInfo,
    Const,
    Data,
    ModeValue,
    Plain,
    Range,
    Ref,
    Tuple,
    Value,
    choice,
    join_data,
    map_refs,
    options,
    provenance,
)


class Mode(NamedTuple):
    """The modes that a module's own flag may have: a cause for each possible one; `unknown` absorbs. `certain` is false once something
    unresolved received the module after its mode was set."""

    train: Cause | None = None
    eval: Cause | None = None
    unknown: bool = False
    certain: bool = True

    @property
    def bits(self) -> int:
        return 4 if self.unknown else (self.train is not None) + 2 * (self.eval is not None)

    def join(self, other: Mode) -> Mode:
        if self == other:
            return self
        if self.unknown or other.unknown:
            return UNKNOWN_MODE
        return Mode(self.train or other.train, self.eval or other.eval, False, self.certain and other.certain)


UNKNOWN_MODE = Mode(unknown=True)


class Object:
    """An object in the heap. `kind`: `instance`, `symbol` (of unknown class, or an attribute of one), `list`, `dict`, `cells` (captured
    variables), `namespace` (a module's globals).

    `attributes`: by name, or a dict's entries by constant key. `items`: a list's elements while their number is known, else None and
    `rest` is the join of them all; `rest` also stands for a dict's other values.
    """

    __slots__ = ("attributes", "children", "cls", "holds_choice", "items", "kind", "mentions", "rest", "sensitive")

    def __init__(
        self,
        kind: str,
        cls: ClassInfo | None = None,
        attributes: dict[Plain, Value] | None = None,
        items: tuple[Value, ...] | None = None,
        rest: Value | None = None,
        sensitive: tuple[tuple[LayerKind, bool], ...] = (),
    ) -> None:
        self.kind, self.cls, self.items, self.rest, self.sensitive = kind, cls, items, rest, sensitive
        self.attributes: dict[Plain, Value] = {} if attributes is None else attributes
        self.children: list[tuple[str, int]] | None = None
        """The parts of a module, once asked for and until it is written again."""
        self.holds_choice: bool | None = None
        """Whether an attribute is one of several values, likewise."""
        self.mentions: frozenset[int] | None = None

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

    def clone(self) -> Object:
        return Object(self.kind, self.cls, dict(self.attributes), self.items, self.rest, self.sensitive)


class State:
    """`modes`: a module's own flag by object; absent means unknown. `facts`: by (object, what): `weights` (a Cause: they mean something),
    `untrained` (on some path they do not), `frozen` (bool), `owns` (frozenset of objects, of an optimizer). `ways`: what was assumed of unknown values to get here.
    `pending`: by model, the forwards with gradients that no step has used yet, each with its backward. `feasible`: false where
    only an implicit exception, an empty loop or an exhausted budget leads here. `exit`: how the state left a block that a
    generator-based context manager still has to finish."""

    __slots__ = (
        "changes",
        "exit",
        "facts",
        "feasible",
        "grad",
        "heap",
        "locals",
        "modes",
        "owned",
        "pending",
        "stack",
        "ways",
    )

    def __init__(self) -> None:
        self.locals: dict[str | int, Value] = {}
        self.stack: tuple[dict[str | int, Value], ...] = ()
        self.heap: dict[int, Object] = {}
        self.modes: dict[int, Mode] = {}
        self.facts: dict[tuple[int, str], object] = {}
        self.ways = conditions.ANY
        self.pending: dict[int, frozenset[tuple[int, int]]] = {}
        self.grad: bool | None = True
        self.feasible = True
        self.exit: tuple[str, Value] | None = None
        self.owned: set[int] = set()
        self.changes: set[int] = set()

    def fork(self) -> State:
        new = State.__new__(State)
        new.locals, new.stack = dict(self.locals), self.stack
        new.heap, new.modes, new.facts = dict(self.heap), dict(self.modes), dict(self.facts)
        new.ways, new.pending = self.ways, dict(self.pending)
        new.grad, new.feasible, new.exit = self.grad, self.feasible, self.exit
        new.owned, new.changes = set(), set(self.changes)
        self.owned = set()
        return new

    # -- objects
    def add(self, oid: int, obj: Object) -> Ref:
        self.heap[oid] = obj
        self.owned.add(oid)
        self.changes.add(oid)
        return Ref(oid)

    def write(self, oid: int) -> Object:
        """The object, to be written by this state alone."""
        if oid not in self.owned:
            self.heap[oid] = self.heap[oid].clone()
            self.owned.add(oid)
        self.changes.add(oid)
        obj = self.heap[oid]
        obj.children = obj.holds_choice = obj.mentions = None
        return obj

    def set_mode(self, oid: int, mode: Mode) -> None:
        self.modes[oid] = mode
        self.changes.add(oid)

    def drop_registers(self, live: set[str | int]) -> None:
        self.locals = {name: value for name, value in self.locals.items() if type(name) is str or name in live}

    # -- calls
    def push(self, bindings: dict[str | int, Value]) -> None:
        self.stack = (*self.stack, self.locals)
        self.locals = bindings

    def pop(self) -> None:
        self.locals = dict(self.stack[-1])
        self.stack = self.stack[:-1]

    def swap(self) -> None:
        """Go between a generator and the block that it was entered for: exchange the two topmost frames."""
        self.locals, self.stack = dict(self.stack[-1]), (*self.stack[:-1], self.locals)

    def rename(self, old: int, new: int) -> None:
        """Make every reference to `old` one to `new`; the object itself is the caller's business."""

        def renamed(oid: int) -> int:
            return new if oid == old else oid

        def mapped(values: dict[str | int, Value]) -> dict[str | int, Value]:
            return {name: map_refs(value, renamed) for name, value in values.items()}

        self.locals = mapped(self.locals)
        self.stack = tuple(mapped(frame) for frame in self.stack)
        for oid, obj in self.heap.items():
            if old in obj.mentioned():
                changed = self.write(oid)
                changed.attributes = {name: map_refs(value, renamed) for name, value in changed.attributes.items()}
                changed.items = None if changed.items is None else tuple(map_refs(value, renamed) for value in changed.items)
                changed.rest = None if changed.rest is None else map_refs(changed.rest, renamed)
        self.pending = {renamed(oid): pairs for oid, pairs in self.pending.items()}
        for key, value in list(self.facts.items()):
            if key[1] == "owns" and isinstance(value, frozenset) and old in value:
                self.facts[key] = frozenset(map(renamed, value))


Returned: TypeAlias = tuple[State, Value]
"""A state in which a call comes back, with what it gives."""


def deep(state: State, values: list[Value], depth: int = 3) -> list[Value]:
    """The values, and what the lists and dicts among them hold."""
    found: list[Value] = []
    for value in values:
        if isinstance(value, Ref) and depth:
            obj = state.heap.get(value.oid)
            if obj is not None and obj.kind in ("list", "dict"):
                inner = [*(obj.items or ()), *obj.attributes.values(), *((obj.rest,) if obj.rest is not None else ())]
                found.extend(deep(state, inner, depth - 1))
                continue
        if isinstance(value, Tuple) and depth:
            found.extend(deep(state, list(value.items), depth - 1))
        elif isinstance(value, Choice) and depth:
            found.extend(deep(state, list(value.options), depth - 1))
        else:
            found.append(value)
    return found


# ------------------------------------------------------------------ joins
def join_values(a: Value, b: Value) -> Value:
    if a is b or a == b:
        return a
    if isinstance(a, Data) and type(b) is Data:
        return join_data(a, b)
    if isinstance(a, Tuple) and type(b) is Tuple:
        if len(a.items) == len(b.items):
            return Tuple(tuple(map(join_values, a.items, b.items)))
        return provenance((a, b))
    if isinstance(a, Range) and type(b) is Range:
        return Range(join_values(a.start, b.start))
    if isinstance(a, ModeValue) and type(b) is ModeValue and a.oid == b.oid:
        return ModeValue(a.oid, a.own.join(b.own), join_below(a.below, b.below))
    return choice((a, b))


def join_below(a: tuple[tuple[int, Mode], ...], b: tuple[tuple[int, Mode], ...]) -> tuple[tuple[int, Mode], ...]:
    modes = dict(a)
    for oid, mode in b:
        modes[oid] = modes[oid].join(mode) if oid in modes else mode
    return tuple(modes.items())


def join_objects(a: Object, b: Object) -> Object:
    attributes = dict(a.attributes)
    for name, value in b.attributes.items():
        attributes[name] = join_values(attributes[name], value) if name in attributes else value
    if a.items is not None and b.items is not None and len(a.items) == len(b.items):
        items: tuple[Value, ...] | None = tuple(map(join_values, a.items, b.items))
        rest = a.rest if b.rest is None else b.rest if a.rest is None else join_values(a.rest, b.rest)
    else:
        items = None
        elements = [*(a.items or ()), *(b.items or ()), *(v for v in (a.rest, b.rest) if v is not None)]
        rest = choice(elements) if elements else None
    return Object(
        a.kind,
        a.cls if a.cls is b.cls else a.cls or b.cls,
        attributes,
        items,
        rest,
        tuple(dict.fromkeys((*a.sensitive, *b.sensitive))),
    )


def same_modes(a: State, b: State) -> bool:
    """Whether the states agree on every mode that both know: then nothing that a rule looks at tells them apart."""
    if a.grad != b.grad or (a.exit is None) != (b.exit is None) or (a.exit and b.exit and a.exit[0] != b.exit[0]):
        return False
    mine, others = a.modes, b.modes
    for oid in a.changes | b.changes:
        mode, other = mine.get(oid), others.get(oid)
        if mode is not None and other is not None and other is not mode and other.bits != mode.bits:
            return False
    return True


def same_models(a: State, b: State) -> bool:
    """Whether every name that holds a model in both states, and every attribute, holds the same one."""
    for name, value in a.locals.items():
        other = b.locals.get(name)
        if other is not value and type(value) is Ref and type(other) is Ref and _differ(a, b, value.oid, other.oid):
            return False
    for oid in a.changes | b.changes:
        mine, theirs = a.heap.get(oid), b.heap.get(oid)
        if mine is theirs or mine is None or theirs is None or mine.kind not in ("instance", "namespace", "cells"):
            continue
        for attribute, value in mine.attributes.items():
            other = theirs.attributes.get(attribute)
            if other is not value and type(value) is Ref and type(other) is Ref and _differ(a, b, value.oid, other.oid):
                return False
    return True


def _differ(a: State, b: State, mine: int, theirs: int) -> bool:
    return mine != theirs and mine in a.modes and theirs in b.modes


def join_states(a: State, b: State) -> State:
    """The state that stands for both. Writes into `a`."""
    for name, value in b.locals.items():
        mine = a.locals.get(name)
        if mine is None:
            a.locals[name] = value
        elif mine is not value:
            a.locals[name] = join_values(mine, value)
    if a.facts != b.facts:
        a.facts = join_facts(a, b)
    a.changes |= b.changes
    for oid in a.changes:
        mode, mine_mode = b.modes.get(oid), a.modes.get(oid)
        if mode is not None and mine_mode is not mode:
            a.modes[oid] = mode if mine_mode is None else mine_mode.join(mode)
        other, mine_object = b.heap.get(oid), a.heap.get(oid)
        if other is None or mine_object is other:
            continue
        a.heap[oid] = other if mine_object is None else join_objects(mine_object, other)
        a.owned.discard(oid)
    a.ways = conditions.joined(a.ways, b.ways)
    for oid, pairs in b.pending.items():
        a.pending[oid] = a.pending.get(oid, frozenset()) | pairs
    if a.grad != b.grad:
        a.grad = None
    if a.exit and b.exit:
        a.exit = (a.exit[0], join_values(a.exit[1], b.exit[1]))
    a.feasible = a.feasible or b.feasible
    return a


def join_facts(a: State, b: State) -> dict[tuple[int, str], object]:
    """What is true of the objects of either state. Of an object that both have, what only one knows of its weights, or of its being frozen,
    holds on some paths only."""
    joined = dict(a.facts)
    for oid, what in a.facts.keys() ^ b.facts.keys():
        if what == "weights" and oid in a.heap and oid in b.heap:
            joined[oid, "untrained"] = True
        elif what == "frozen" and oid in a.heap and oid in b.heap:
            joined[oid, "frozen"] = None
    for key, value in b.facts.items():
        mine = joined.get(key)
        if key[1] == "frozen" and key in joined:
            joined[key] = mine if mine == value else None
        elif mine is None:
            joined[key] = value
        elif isinstance(mine, frozenset) and isinstance(value, frozenset):
            joined[key] = mine | value
    return joined


STATES = 8


def merge(states: list[State]) -> list[State]:
    """States with equal modes become one; of more than `STATES` the last ones are joined too."""
    if len(states) < 2:
        return states
    kept: list[State] = []
    for state in states:
        for position, other in enumerate(kept):
            unify(other, state)
            if same_modes(other, state) and same_models(other, state):
                if other.feasible == state.feasible:
                    join_states(other, state)
                elif state.feasible:
                    kept[position] = state
                break
        else:
            kept.append(state)
    while len(kept) > STATES:
        last = kept.pop()
        same_exit = next((other for other in kept if (other.exit and other.exit[0]) == (last.exit and last.exit[0])), kept[0])
        join_states(same_exit, last)
    return kept


def rebase(ends: list[State], before: set[int]) -> None:
    """Put back what was written before a region, for those that join the states with others later."""
    for end in ends[:-1]:
        end.changes = before | end.changes
    for end in ends[-1:]:
        before.update(end.changes)
        end.changes = before


def unify(a: State, b: State) -> None:
    """Names bound to different fresh modules on two paths (`A() if x else B()`) are one object with either's class: rename
    in `b` what only `b` has to what only `a` has."""
    mine_of = a.locals
    found = [(name, value) for name, value in b.locals.items() if type(value) is Ref and mine_of.get(name) is not value]
    for name, value in found:
        mine = mine_of.get(name)
        if type(mine) is not Ref or mine.oid == value.oid:
            continue
        if value.oid not in b.modes or mine.oid not in a.modes:
            continue
        if value.oid in a.heap or mine.oid in b.heap or mine.oid not in a.heap or value.oid not in b.heap:
            continue
        old, new = value.oid, mine.oid
        b.heap[new] = b.heap.pop(old)
        b.changes.add(new)
        b.owned.discard(old)
        b.set_mode(new, b.modes.pop(old))
        for key in [key for key in b.facts if key[0] == old]:
            b.facts[new, key[1]] = b.facts.pop(key)
        b.rename(old, new)


def contained(end: State, start: State) -> bool:
    """Whether a further iteration from `end` could tell a rule nothing that the one from `start` did not: modes, facts and pending
    gradients are the same, and no name or attribute that existed before holds another model, function or flag."""
    if not same_modes(end, start) or end.facts != start.facts:
        return False
    if any(oid not in start.modes for oid in end.modes):
        return False
    if any(not pairs <= start.pending.get(oid, frozenset()) for oid, pairs in end.pending.items()):
        return False
    for name, value in end.locals.items():
        if type(name) is str and name in start.locals and not matters_not(start.locals[name], value):
            return False
    for oid in end.changes:
        old, new = start.heap.get(oid), end.heap.get(oid)
        if old is None or new is None or old is new:
            continue
        if not all(
            matters_not(old.attributes[name], value) for name, value in new.attributes.items() if name in old.attributes
        ):
            return False
        if any(name not in old.attributes and _is_reference(value) for name, value in new.attributes.items()):
            return False
        if new.rest is not None and not (
            matters_not(old.rest, new.rest) if old.rest is not None else not _is_reference(new.rest)
        ):
            return False
        if new.items is not None and any(_is_reference(value) and value not in (old.items or ()) for value in new.items):
            return False
    return True


def widen(end: State, start: State) -> None:
    """Numbers that an iteration changed are anything in the iterations to come."""
    for name, value in end.locals.items():
        if _is_number(value) and type(name) is str and start.locals.get(name, value) != value:
            end.locals[name] = Data()
    for oid in list(end.changes):
        old, new = start.heap.get(oid), end.heap.get(oid)
        if old is None or new is None or old is new:
            continue
        changed = [
            name for name, value in new.attributes.items() if _is_number(value) and old.attributes.get(name, value) != value
        ]
        if changed:
            written = end.write(oid)
            written.attributes.update(dict.fromkeys(changed, Data()))


def _is_number(value: Value) -> bool:
    return type(value) is Const and value.type in (int, float)


def _is_reference(value: Value) -> bool:
    """It may be a model or lead to one."""
    return any(type(option) not in (Data, Range, Tuple) and type(option) is not Const for option in options(value))


def matters_not(old: Value, new: Value) -> bool:
    """Whether a name's new value makes no difference worth another iteration: numbers and unknown data come and go."""
    if old is new or old == new:
        return True
    olds, news = set(options(old)), set(options(new))
    for value in news - olds:
        if type(value) is Data:
            if not value.has_provenance or (not value.objects and not value.parameters and not value.graph):
                continue
            if any(
                type(o) is Data and value.graph <= o.graph and value.objects <= o.objects and value.parameters <= o.parameters
                for o in olds
            ):
                continue
        elif (
            (type(value) is Const and value.type in (int, float))
            or type(value) is Range
            or (type(value) is Tuple and not any(_is_reference(item) for item in value.items))
        ):
            continue
        return False
    return True


def join_all(states: Iterable[State]) -> State | None:
    result: State | None = None
    for state in states:
        result = state if result is None else join_states(result, state)
    return result
