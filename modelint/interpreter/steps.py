"""Optimizer steps: what an optimizer owns, and the pending forwards that a step trains."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from modelint.events import Site
from modelint.interpreter import conditions, models
from modelint.interpreter.log import StepRecord
from modelint.interpreter.state import State
from modelint.interpreter.values import Data, Key
from modelint.interpreter.weights import give_weights

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine

GRADIENT = re.compile(r"(^|_)grads?($|_)|gradient")
GRADIENT_MODES = frozenset({"no_grad", "enable_grad", "set_grad_enabled", "requires_grad", "requires_grad_", "zero_grad"})
"""What has the word in it and is no gradient."""


def owned_by(machine: Machine, state: State, optimizer: int) -> frozenset[int]:
    owned = state.facts.get((optimizer, "owns"))
    return owned if isinstance(owned, frozenset) else frozenset()


def related(machine: Machine, state: State, owned: frozenset[int]) -> set[int]:
    """The models that an optimizer trains: what it owns, everything below it, and every model that has it as a part."""
    below = {each for oid in owned for each in models.tree(machine, state, oid)}
    above = {oid for oid in state.pending if oid not in below and owned & set(models.tree(machine, state, oid))}
    return below | above


def step(
    machine: Machine,
    state: State,
    owned: frozenset[int] | None,
    site: Site | None,
    frame: Frame,
    trainer: str = "",
    optimizer: Key | None = None,
) -> None:
    """An optimizer step: every pending forward of a model that it owns was trained. `owned` None: nobody knows what it owns; then
    `optimizer` tells it from others of which nobody knows."""
    machine.log.activity += 1
    models = set(state.pending) if owned is None else related(machine, state, owned)
    if owned and not models & state.pending.keys() and site is not None:
        _note_that_it_ran_backward(machine, models, site, frame)
    for oid in sorted(models & set(state.pending)):
        left = [each for each, ways in state.pending[oid].items() if conditions.both(ways, state.ways)]
        for forward, number in sorted(left):
            record = StepRecord(
                forward, machine.log.backward_sites[number], site, trainer, owned is not None, frame.calls, optimizer
            )
            machine.log.step(record, feasible=state.feasible)
            machine.step_owned.setdefault(record, set()).update(owned or {oid})
        if left:
            give_weights(machine, state, oid, "called", frame, "training", site)
    for oid in owned or ():
        machine.log.note(oid, "owned")


def _note_that_it_ran_backward(machine: Machine, stepped: set[int], step: Site, frame: Frame) -> None:
    """A step with no gradients that anybody saw: what ran before it in the function ran its backward pass itself, inside its `forward`."""
    for record in machine.log.forwards:
        before = record.site.span.row < step.span.row and record.site.function == step.function and record.calls == frame.calls
        if before and record.oid in stepped and record.gradients is not False and not record.infer:
            record.uses.add("backward")


def update(machine: Machine, state: State, written: Data, value: Data, site: Site, frame: Frame) -> None:
    """Parameters are written in place. By something made of themselves, like their gradients, while there are gradients: this is a step
    without an optimizer, if the function says something of gradients. An average of two models is made of parameters too."""
    owned = written.parameters & value.parameters
    if (
        owned
        and _speaks_of_gradients(frame)
        and related(machine, state, owned) & state.pending.keys()
        and not _is_gradient(written.key)
    ):
        step(machine, state, owned, site, frame)


def _speaks_of_gradients(frame: Frame) -> bool:
    names = (*frame.ir.words, *(parameter.name for parameter in frame.ir.parameters))
    return any(GRADIENT.search(name) and name not in GRADIENT_MODES for name in names)


def _is_gradient(key: object) -> bool:
    """Whether it is the key of a parameter's `grad`, or of an attribute of that."""
    while isinstance(key, tuple) and len(key) == 3 and key[0] == "attribute":
        if key[2] == "grad":
            return True
        key = key[1]
    return False


def clear_gradients(machine: Machine, state: State, *owned: frozenset[int] | None) -> None:
    """Gradients are dropped: of what one of several objects owns, those that all of them own. None: nobody knows what it owns; it may
    be everything."""
    machine.log.activity += 1
    cleared = set(state.pending)
    for each in owned:
        cleared &= state.pending.keys() if each is None else related(machine, state, each)
    for oid in cleared:
        del state.pending[oid]
