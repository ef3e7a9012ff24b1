"""Branches and `try`: which of their blocks run, and how the states that leave these become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import guards
from modelint.interpreter.frame import Exits, Frame
from modelint.interpreter.joins import merge, rebase
from modelint.interpreter.state import State
from modelint.interpreter.values import UNKNOWN
from modelint.ir import ops

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


def run_if(machine: Machine, op: ops.If, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    results: list[State] = []
    for state in states:
        condition = state.locals[op.condition]
        truth = guards.truth(machine, state, condition)
        if truth is not None:
            results.extend(machine.run_block(op.then if truth else op.orelse, [state], frame, exits))
            continue
        before, state.changes = state.changes, set()
        left = exits.count()
        other = state.fork()
        ends: list[State] = []
        if guards.assume(machine, state, condition, truth=True):
            ends.extend(machine.run_block(op.then, [state], frame, exits))
        if guards.assume(machine, other, condition, truth=False):
            ends.extend(machine.run_block(op.orelse, [other], frame, exits))
        if len(ends) > 1:
            for end in ends:
                end.drop_registers(op.kept)
            ends = merge(ends)
        exits.rebase(left, before)
        rebase(ends, before)
        results.extend(ends)
    return merge(results) if len(states) > 1 else results


def run_try(machine: Machine, op: ops.Try, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    inner = Exits()
    entered = [state.fork() for state in states] if op.handlers else []
    machine.catching += bool(op.handlers)
    normal = machine.run_block(op.body, states, frame, inner)
    machine.catching -= bool(op.handlers)
    handled: list[State] = []
    if op.handlers:
        raised, inner.raised = inner.raised, []
        caught = [each.fork() for each in (*entered, *normal)]
        for each in caught:
            each.feasible = False
            each.error = None
        caught = merge([*raised, *caught])
        # The first iteration of a loop finds its iterator not at its end, and a later one does.
        is_later = bool(machine.iteration) and machine.iteration[-1][1] == "later"
        for handler in op.handlers:
            at_the_end = [each.fork() for each in entered] if is_later and takes_end(handler) else []
            thrown = merge([*at_the_end, *(each.fork() for each in caught)])
            handled.extend(machine.run_block(handler.body, thrown, frame, inner))
        inner.raised.extend(each for each in raised if not _catches(op, each))
    if op.orelse:
        normal = machine.run_block(op.orelse, normal, frame, inner)
    normal = merge([*normal, *handled])
    if not op.final:
        exits.broken.extend(inner.broken)
        exits.continued.extend(inner.continued)
        inner.pass_on(exits)
        return normal
    normal = machine.run_block(op.final, normal, frame, exits)
    for kind in ("broken", "continued", "returned", "raised"):
        left = merge(getattr(inner, kind))
        values = [each.locals.get("<return>", UNKNOWN) for each in left]
        for each, value in zip(left, values, strict=True):
            for end in machine.run_block(op.final, [each], frame, exits):
                if kind == "returned":
                    end.locals["<return>"] = value
                getattr(exits, kind).append(end)
    return merge(normal)


def takes_end(handler: ops.Handler) -> bool:
    """Whether it is there for the end of an iterator."""
    return "StopIteration" in handler.types


def _catches(op: ops.Try, state: State) -> bool:
    """Whether what was raised gets no further for sure: a handler takes all, or names its class or a base of it."""
    names = {"Exception", "BaseException", *(base.name for base in (state.error.mro if state.error is not None else ()))}
    return any(not handler.types or names & {each.rpartition(".")[2] for each in handler.types} for handler in op.handlers)
