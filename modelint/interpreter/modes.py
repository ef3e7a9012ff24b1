"""Modes: set, forgotten, doubted and read, and why a mode is what it is.

Every flag lives in `State.modes` by object; a module without an entry there has an unknown mode, or is inert (nothing about it depends
on the mode).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from modelint.events import Cause, Site
from modelint.events import Mode as ModeName
from modelint.interpreter import models
from modelint.interpreter.frozen import note_switches
from modelint.interpreter.guards import truth
from modelint.interpreter.state import UNKNOWN_MODE, Mode, State
from modelint.interpreter.values import Choice, Const, Data, ModeValue, Value

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine


def set_flags(machine: Machine, state: State, oids: Iterable[int], value: Value, frame: Frame) -> None:
    """Set the modules' own flags to a constant, to a mode that was read, or to something unknown."""
    if type(value) is Data:
        known = truth(machine, state, value)
        value = value if known is None else Const(known, bool)
    switched: dict[int, Mode] = {}
    for oid in oids:
        mode = _new_mode(machine, state, oid, value, frame)
        if not mode.unknown and models.is_inert(machine, state, oid):
            continue
        state.set_mode(oid, mode)
        switched[oid] = mode
        machine.log.activity += 1
        if frame.site is not None:
            machine.log.note(oid, "mode")
    note_switches(machine, state, switched, frame)


def give_back(machine: Machine, state: State, was: ModeValue) -> None:
    """Every module of a tree whose modes were read gets its own again."""
    for oid, mode in ((was.oid, was.own), *was.below):
        if oid in state.heap and (mode.unknown or not models.is_inert(machine, state, oid)):
            state.set_mode(oid, mode)
    machine.log.activity += 1


def _new_mode(machine: Machine, state: State, oid: int, value: Value, frame: Frame) -> Mode:
    if type(value) is ModeValue:
        if value.own.bits in (1, 2):
            # `train(flag)` gives one flag to all; where that is what a part had, its own story stays.
            was = dict(value.below).get(oid, value.own)
            return was if was.bits == value.own.bits else value.own
        for known, mode in ((value.oid, value.own), *value.below):
            if known == oid:
                return mode
        return value.own
    if type(value) is Const and value.type in (bool, int):
        cause = cause_of(machine, state, oid, frame)
        mode = Mode(train=cause) if value.value else Mode(eval=cause)
        machine.modes_set.setdefault(oid, {})[mode] = None
        if frame.stub_receiver == oid and cause.kind == "called":
            machine.apart.add((oid, cause.site))
        if _takes_back(machine, state, oid, mode, frame):
            machine.taken_back.add((oid, cause.site))
        return mode
    if type(value) is Choice and all(type(o) is ModeValue for o in value.options):
        mine = [o for o in value.options if type(o) is ModeValue and (o.oid == oid or oid in dict(o.below))]
        if mine:
            return next((o.own for o in mine if o.oid == oid), None) or dict(mine[0].below)[oid]
    return UNKNOWN_MODE


def _takes_back(machine: Machine, state: State, oid: int, mode: Mode, frame: Frame) -> bool:
    """Whether a mode call on a part undoes for it what the same function has just done to the whole."""
    was = state.modes.get(oid, UNKNOWN_MODE)
    before, cause = (was.train, mode.eval) if mode.bits == 2 else (was.eval, mode.train)
    if (
        was.bits not in (1, 2)
        or before is None
        or cause is None
        or {before.kind, cause.kind} != {"called"}
        or frame.stub_receiver is None
    ):
        return False
    same = (before.site.path, before.site.function, before.calls) == (cause.site.path, cause.site.function, cause.calls)
    return same and (frame.stub_receiver, before.site) not in machine.apart


def cause_of(machine: Machine, state: State, oid: int, frame: Frame) -> Cause:
    """Why a mode changes here: a mode call in the user's code, or something inside a library function that it calls."""
    site = frame.site
    if not frame.is_stub or site is None:
        return Cause("called", machine.site(frame, frame.ir.header), frame.calls, text=frame.ir.qualname)
    entry = frame.stub_entry
    kind: Literal["created", "loaded", "called", "library"] = "library"
    if entry is not None and entry.owner is not None and entry.owner.is_module and entry.ir.name in ("train", "eval"):
        kind = "called"
    elif _is_loaded(machine, oid, frame, site):
        kind = "loaded"
    return Cause(kind, site, frame.calls, by=entry_name(machine, frame), text=frame.stub_text)


def _is_loaded(machine: Machine, oid: int, frame: Frame, site: Site) -> bool:
    """Whether the call into a library makes the module: itself, or, as a class method, by a constructor of the project that it runs."""
    created, calls = machine.created_at.get(oid, (None, ()))
    if (created, calls) == (site, frame.calls):
        return True
    is_of_class = frame.stub_entry is not None and frame.stub_entry.owner is not None and frame.stub_receiver is None
    return is_of_class and calls[: len(frame.calls) + 1] == (*frame.calls, site)


def entry_name(machine: Machine, frame: Frame) -> str:
    entry = frame.stub_entry
    if entry is None:
        return frame.stub_text
    return machine.linker.dotted(entry)


def lose(machine: Machine, state: State, oids: tuple[int, ...]) -> None:
    """Forget the modes of modules and everything below them."""
    for oid in oids:
        for each in models.tree(machine, state, oid):
            if each in state.modes:
                state.set_mode(each, UNKNOWN_MODE)


def doubt(machine: Machine, state: State, oids: tuple[int, ...]) -> None:
    """Something unresolved received the modules: their modes are likely, not certain, from now on."""
    machine.log.activity += len(oids)
    for oid in oids:
        own = state.modes.get(oid)
        if own is not None and (own.unknown or not own.certain):
            continue  # nothing was set since they were doubted last
        for each in models.tree(machine, state, oid):
            mode = state.modes.get(each)
            if mode is not None and mode.certain and not mode.unknown:
                state.set_mode(each, mode._replace(certain=False))


def read_mode(machine: Machine, state: State, oid: int) -> ModeValue:
    machine.log.activity += 1
    below = tuple(
        (each, state.modes.get(each, UNKNOWN_MODE)) for each in models.tree(machine, state, oid)[1:] if each in state.modes
    )
    return ModeValue(oid, state.modes.get(oid, UNKNOWN_MODE), below)


def inert_mode(machine: Machine, state: State, oid: int) -> Mode:
    """The mode of a module about which nothing depended on it so far, and which therefore has none of its own: that of what holds it."""
    machine.log.activity += 1
    holders = [
        each
        for each in list(state.modes)
        if each in state.heap and any(child == oid for _, child in models.parts(machine, state, each))
    ]
    if not holders:
        created = machine.created_at.get(oid)
        return Mode(train=Cause("created", *created)) if created is not None else UNKNOWN_MODE
    mode = state.modes[holders[0]]
    for holder in holders[1:]:
        mode = mode.join(state.modes[holder])
    return mode


def mode_name(mode: Mode | None) -> ModeName:
    if mode is None or mode.unknown or mode.bits == 0:
        return "unknown"
    return "both" if mode.bits == 3 else "train" if mode.bits == 1 else "eval"
