"""What gave the weights of a model their meaning (they were loaded or trained), and whether they are frozen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from modelint.events import Cause, Site
from modelint.interpreter import models
from modelint.interpreter.state import State
from modelint.interpreter.values import Const, Data, Key, Value, key_of

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine


def weights_of(machine: Machine, state: State, oid: int) -> tuple[Cause | None, bool]:
    """What gave the weights of a model, or of a part of it, their meaning, and whether something did on every path."""
    found: Cause | None = None
    for each in models.tree(machine, state, oid):
        cause = state.facts.get((each, "weights"))
        if isinstance(cause, Cause):
            if (each, "untrained") not in state.facts:
                return cause, True
            found = found or cause
    return found, False


def give_weights(
    machine: Machine,
    state: State,
    oid: int,
    kind: Literal["loaded", "called"],
    frame: Frame,
    text: str,
    site: Site | None = None,
) -> None:
    machine.log.activity += 1
    where = site or frame.site or machine.site(frame, frame.ir.header)
    cause = Cause(kind, where, frame.calls, text=text)
    for each in models.tree(machine, state, oid):
        state.facts.setdefault((each, "weights"), cause)
        state.facts.pop((each, "untrained"), None)


def write_parameters(machine: Machine, state: State, written: Iterable[int], value: Data, site: Site, frame: Frame) -> None:
    """Parameters are written in place: a model that gets what is made of those of another one follows it, and means as much."""
    for oid in written:
        machine.log.note(oid, "written")
        if any(weights_of(machine, state, source)[1] for source in value.parameters if source != oid):
            give_weights(machine, state, oid, "loaded", frame, "written", site)


def freeze(machine: Machine, state: State, oid: int, value: Value) -> None:
    """`requires_grad` of a module's parameters: true, false, or not known for some of them."""
    machine.log.activity += 1
    frozen: bool | Key | None = (not value.value) if type(value) is Const else key_of(value) if type(value) is Data else None
    for each in models.tree(machine, state, oid):
        state.facts[each, "frozen"] = frozen
        if frozen is not True:
            machine.log.note(each, "unfrozen")
