"""In which orders the imagined user of a class calls the methods of one object."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from modelint.interpreter import models
from modelint.interpreter.joins import join_all, merge
from modelint.interpreter.state import State
from modelint.interpreter.values import Ref

if TYPE_CHECKING:
    from modelint.interpreter.clients import Client, Method
    from modelint.interpreter.machine import Machine


class Orders:
    """The orders in which a client calls the methods of one object. `found`: a state for each situation in which some method leaves it;
    `makes`: the situations in which it holds a model that it had not before. `never_later`: methods that a client calls on a new object only."""

    def __init__(
        self, client: Client, starts: list[State], ref: Ref, before: AbstractSet[int], never_later: AbstractSet[str]
    ) -> None:
        self.client, self.starts, self.ref, self.before, self.never_later = client, starts, ref, before, never_later
        self.found: dict[object, State] = {}
        self.makes: set[object] = set()
        self.tried: set[tuple[object, str]] = set()

    def on_a_new_object(self, methods: Iterable[Method]) -> None:
        """Call each method, and remember the situations that they leave; what a test leaves is no other test's business."""
        for method in methods:
            end = self._end(self.starts, method, after=None)
            if end is not None and not self.client.holds_tests and any(_changes(start, end) for start in self.starts):
                self.client.switched_by_others(end, self.before)
                situation = _situation(self.client.machine, end, self.ref)
                self.found.setdefault(situation, end)
                if any(end.modes.keys() - start.modes.keys() for start in self.starts):
                    self.makes.add(situation)

    def after_others(self, methods: Sequence[Method]) -> None:
        """Call each method in each situation; where that made a model, also in those that come up on the way."""
        pending = list(self.found)
        for situation in pending:
            start = self.found[situation]
            for method in methods:
                end = None if method.name in self.never_later else self._end([start], method, after=situation)
                if end is not None and situation in self.makes and _changes(start, end):
                    further = _situation(self.client.machine, end, self.ref)
                    if further not in self.found:
                        self.found[further] = end
                        pending.append(further)

    def _end(self, states: Iterable[State], method: Method, after: object) -> State | None:
        """What the states are after a method, as one; None also where it was called in that situation before, or does not matter."""
        if (after, method.name) in self.tried or not self.client.matters(method):
            return None
        self.tried.add((after, method.name))
        ends = [end for state in states for end in self.client.call_method(state.fork(), self.ref, method)]
        return join_all(merge(ends)[:1])


def _situation(machine: Machine, state: State, ref: Ref) -> object:
    """The modes of the models in the object's attributes, and which have weights: methods that leave the same are one to
    those that come after them."""
    found = set()
    for name, value in (*state.heap[ref.oid].attributes.items(), ("", ref)):
        for oid in models.module_ids(machine, state, value):
            parts = models.tree(machine, state, oid)
            modes = tuple(mode.bits for part in parts if (mode := state.modes.get(part)) is not None)
            found.add((name, modes, tuple((part, "weights") in state.facts for part in parts)))
    return frozenset(found)


def _changes(start: State, end: State) -> bool:
    """Whether a mode or the meaning of some weights is different now, or a model came to be."""
    if any(start.modes.get(oid) is None or start.modes[oid].bits != mode.bits for oid, mode in end.modes.items()):
        return True
    return any(key not in start.facts for key in end.facts if key[1] == "weights")
