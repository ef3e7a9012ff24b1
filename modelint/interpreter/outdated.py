"""Optimizers that were made before an adapter was put into their model: they do not hold its weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.events import OutdatedStep, Site
from modelint.interpreter import models, places
from modelint.interpreter.state import State

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine

OUTDATED = "outdated"
"""A fact of an optimizer: the model that got an adapter after the optimizer was made, and where it did."""


def attach(machine: Machine, state: State, target: int, base: int, site: Site) -> None:
    """A first adapter is put into `base`, and `target` is the model with it. What owns `base` as a whole does not own the adapter."""
    if any((each, "adapter") in state.facts for each in models.tree(machine, state, target)):
        return
    for (optimizer, what), owned in list(state.facts.items()):
        if what == "owns" and isinstance(owned, frozenset) and base in owned:
            state.facts[optimizer, OUTDATED] = (target, site)


def renew(state: State, optimizer: int) -> None:
    """An optimizer is given further parameters: perhaps those that it lacked."""
    state.facts.pop((optimizer, OUTDATED), None)


def step(machine: Machine, state: State, optimizer: int, site: Site, frame: Frame) -> None:
    """Event `OutdatedStep` if the optimizer trains a model whose adapter no optimizer holds."""
    known = state.facts.get((optimizer, OUTDATED))
    if not isinstance(known, tuple) or not state.feasible:
        return
    target, attached = known
    made = places.of_object(machine, optimizer)
    if target not in state.pending or target not in state.heap or made is None or _is_owned(machine, state, target):
        return
    model = models.told(machine, state, target, places.name_of(state, target))
    machine.log.event(OutdatedStep(model, made, attached, site, frame.calls, frame.concrete))


def _is_owned(machine: Machine, state: State, target: int) -> bool:
    """Whether another optimizer, that was made later, holds the model or something in it."""
    below = set(models.tree(machine, state, target))
    return any(
        what == "owns" and isinstance(owned, frozenset) and owned & below and (optimizer, OUTDATED) not in state.facts
        for (optimizer, what), owned in state.facts.items()
    )
