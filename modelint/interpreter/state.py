"""What is known at a point of the program.

States are mutable and owned by one branch of the interpretation: `fork` before going two ways. Objects in the heap are shared
between forks until one of them writes (`write` copies first). `changes` lists the objects that a state wrote since the region
that forked it began, so that a join looks at those and not at the whole heap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from modelint.events import Cause
from modelint.interpreter import conditions
from modelint.interpreter.heap import Heap, Object, Untouched
from modelint.interpreter.splits import Split
from modelint.interpreter.values import Choice, ClassInfo, Data, Key, Ref, Tuple, Value, map_refs, options, parts_of


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


Gradients: TypeAlias = dict[tuple[int, int], conditions.Ways]
"""The forwards that left gradients, each with its backward, by the ways on which they did, of those of the state. Never changed in
place."""


def _mentions(key: Key, part: Key) -> bool:
    return key == part or any(_mentions(each, part) for each in parts_of(key))


class State:
    """`modes`: a module's own flag by object; absent means unknown. `facts`: by (object, what): `weights` (a Cause: they mean something),
    `untrained` (on some path they do not), `frozen` (bool, or the flag that says whether it is trained), `owns` (frozenset of objects, of an optimizer). `ways`: what was assumed of unknown values to get here.
    `splits`: the variables that are known again where a test is made again.
    `pending`: by model, the gradients that no step has used yet. `feasible`: false where
    only an implicit exception, an empty loop or an exhausted budget leads here. `error`: the class of the exception that was raised last,
    if it is known. `exit`: how the state left a block that a
    generator-based context manager still has to finish."""

    __slots__ = (
        "changes",
        "error",
        "exit",
        "facts",
        "feasible",
        "grad",
        "heap",
        "locals",
        "modes",
        "owned",
        "pending",
        "splits",
        "stack",
        "ways",
    )

    def __init__(self) -> None:
        self.locals: dict[str | int, Value] = {}
        self.stack: tuple[dict[str | int, Value], ...] = ()
        self.heap = Heap()
        self.modes: dict[int, Mode] = {}
        self.facts: dict[tuple[int, str], object] = {}
        self.ways = conditions.ANY
        self.splits: dict[str | int, Split] = {}
        self.pending: dict[int, Gradients] = {}
        self.grad: bool | None = True
        self.feasible = True
        self.error: ClassInfo | None = None
        self.exit: tuple[str, Value] | None = None
        self.owned: set[int] = set()
        self.changes: set[int] = set()

    def fork(self) -> State:
        new = State.__new__(State)
        new.locals, new.stack = dict(self.locals), self.stack
        new.heap, new.modes, new.facts = self.heap.copy(), dict(self.modes), dict(self.facts)
        new.ways, new.pending = self.ways, dict(self.pending)
        new.splits = dict(self.splits) if self.splits else {}
        new.grad, new.feasible, new.exit, new.error = self.grad, self.feasible, self.exit, self.error
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
        obj.children = obj._holds_choice = obj.mentions = obj.passing = None
        return obj

    def set_mode(self, oid: int, mode: Mode) -> None:
        self.modes[oid] = mode
        self.changes.add(oid)

    def mode_of(self, untouched: Untouched) -> Mode:
        """The mode of something unknown that nothing treats as a module: that of its whole, or the train mode it is made in."""
        if untouched.whole is not None:
            return self.modes.get(untouched.whole, UNKNOWN_MODE)
        return UNKNOWN_MODE if untouched.made is None else Mode(train=untouched.made, certain=False)

    def has(self, untouched: Untouched) -> bool:
        """Whether there is such a value: a parameter is there from the start, the result of a call only where the call was made."""
        key = untouched.key
        while key[0] in ("attribute", "item") and isinstance(key[1], tuple):
            key = key[1]
        return key[0] not in ("call", "element", "local", "either") or any(_mentions(each, key) for each in self._keys())

    def _keys(self) -> Iterator[Key]:
        """The identities of the unknown values that variables, attributes and containers hold."""
        values = [value for variables in (self.locals, *self.stack) for value in variables.values()]
        for _, obj in self.heap.written():
            values += [*obj.attributes.values(), *(obj.items or ()), *(() if obj.rest is None else (obj.rest,))]
        for value in values:
            for option in options(value):
                if type(option) is Data and option.key is not None:
                    yield option.key

    def drop_registers(self, first: int) -> None:
        """Forget the registers from this one on, and what is remembered beside them of methods."""
        self.locals = {name: value for name, value in self.locals.items() if isinstance(name, str) or -1 - first < name < first}

    def frozen(self, oid: int) -> bool | Key | None:
        """Whether a module is frozen: false too where nothing ever froze it, the flag that says whether it is trained where it may be either,
        None where that is not known."""
        fact = self.facts.get((oid, "frozen"), False)
        if isinstance(fact, tuple):
            trained = conditions.truth(self.ways, fact)
            return fact if trained is None else not trained
        return fact if isinstance(fact, bool) else None

    def within_reach(self) -> set[int]:
        """The objects that something still refers to: a variable, or an object that was there before the entry."""
        found: set[int] = set()

        def note(oid: int) -> int:
            found.add(oid)
            return oid

        for variables in (self.locals, *self.stack):
            for value in variables.values():
                map_refs(value, note)
        if self.exit is not None:
            map_refs(self.exit[1], note)
        written = dict(self.heap.written())
        pending = [oid for oid, obj in written.items() if obj.kind in ("namespace", "cells") or self.heap.is_given(oid)]
        pending += found
        seen: set[int] = set()
        while pending:
            oid = pending.pop()
            if oid in written and oid not in seen:
                seen.add(oid)
                pending += written[oid].mentioned()
        return found | seen

    # -- calls
    def push(self, bindings: dict[str | int, Value]) -> None:
        self.stack = (*self.stack, self.locals)
        self.locals = bindings

    def pop(self) -> None:
        self.locals = dict(self.stack[-1])
        self.stack = self.stack[:-1]
        top = len(self.stack)
        self._move_splits(lambda at: at if at <= top else None)

    def swap(self, level: int) -> None:
        """Go between a generator and the block that it was entered for: exchange the frame with `level` frames below it and the topmost.
        Between the two are the generators that the one that yields was itself entered from, or that it loops over."""
        self.locals, self.stack = dict(self.stack[level]), (*self.stack[:level], self.locals, *self.stack[level + 1 :])
        top = len(self.stack)
        self._move_splits(lambda at: top if at == level else level if at == top else at)

    def leave_generator(self, level: int) -> None:
        """What a generator was entered for leaves it for good, and all that it entered."""
        top = len(self.stack)
        self.stack = self.stack[:level]
        self._move_splits(lambda at: at if at < level else level if at == top else None)

    def _move_splits(self, moved: Callable[[int], int | None]) -> None:
        """The frames of variables have other levels now; None: the frame is gone."""
        if self.splits:
            levels = {name: moved(split.level) for name, split in self.splits.items()}
            self.splits = {name: self.splits[name]._replace(level=at) for name, at in levels.items() if at is not None}

    def rename(self, old: int, new: int) -> None:
        """Make every reference to `old` one to `new`; the object itself is the caller's business."""

        def renamed(oid: int) -> int:
            return new if oid == old else oid

        def mapped(values: dict[str | int, Value]) -> dict[str | int, Value]:
            return {name: map_refs(value, renamed) for name, value in values.items()}

        self.locals = mapped(self.locals)
        self.stack = tuple(mapped(frame) for frame in self.stack)
        for oid, obj in self.heap.holders_of(old):
            if old in obj.mentioned():
                changed = self.write(oid)
                changed.attributes = {name: map_refs(value, renamed) for name, value in changed.attributes.items()}
                changed.items = None if changed.items is None else tuple(map_refs(value, renamed) for value in changed.items)
                changed.rest = None if changed.rest is None else map_refs(changed.rest, renamed)
        self.pending = {renamed(oid): gradients for oid, gradients in self.pending.items()}
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
