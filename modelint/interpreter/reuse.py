"""The same call from several states at once: what it does in one of them need not be found out again in the others.

Only where the call has nothing to do with models: it logs nothing, not even what was logged before, changes neither modes nor
gradients nor what is known of a model, returns nothing that leads to one, and decides nothing by what its state had assumed. Then
its result and what it wrote serve for every state that gives it the same arguments and in which the objects that it looked at are
the same. (What the states assumed may differ, and so may the data; no model is in it.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from modelint.interpreter import models
from modelint.interpreter.heap import Heap, Object
from modelint.interpreter.state import Gradients, State
from modelint.interpreter.values import Value
from modelint.ir import ops

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


@dataclass(slots=True)
class Example:
    """A call that was run in one state: from `heap`, in which it looked at some objects. `written`: those that it wrote, as they are now."""

    inputs: tuple[Value | None, ...]
    activity: int
    decided: int
    heap: Heap
    facts: dict[tuple[int, str], object]
    pending: dict[int, Gradients]
    grad: bool | None
    looked_at: set[int]
    result: Value | None = None
    written: tuple[tuple[int, Object], ...] = ()


def begin(machine: Machine, state: State, op: ops.Call) -> Example:
    """Remember what the call starts from. The heap is copied, the objects in it are not: the state must copy before it writes."""
    heap = state.heap
    looked_at: set[int] = set()
    state.heap = heap.watched(looked_at)
    state.owned = set()
    return Example(
        _inputs(state, op), machine.log.activity, machine.decided, heap, dict(state.facts), dict(state.pending), state.grad, looked_at
    )  # fmt: skip


def finish(machine: Machine, example: Example | None, ends: list[State], op: ops.Call) -> Example | None:
    """The example, if the call turned out to have nothing to do with modes."""
    if example is None:
        return None
    for end in (*ends, *machine.raising):
        end.heap = end.heap.unwatched(example.looked_at)
    if len(ends) != 1 or (example.activity, example.decided) != (machine.log.activity, machine.decided):
        return None
    end = ends[0]
    value = end.locals[op.into]
    if (
        models.leads_to_model(end, value)
        or end.facts != example.facts
        or end.pending != example.pending
        or end.grad != example.grad
    ):
        return None
    written = []
    for oid in end.changes:
        obj = end.heap.get(oid)
        if oid in end.modes or obj is None:
            return None
        if example.heap.get(oid) is not obj:
            written.append((oid, obj))
    end.owned = set()
    example.result, example.written = value, tuple(written)
    return example


def apply(example: Example, state: State, op: ops.Call) -> bool:
    """Do to another state what the call did, if it starts from the same."""
    if example.inputs != _inputs(state, op) or example.grad != state.grad:
        return False
    if any(state.heap.get(oid) is not example.heap.get(oid) for oid in example.looked_at):
        return False
    assert example.result is not None
    for oid, after in example.written:
        state.heap[oid] = after
        state.owned.discard(oid)
        state.changes.add(oid)
    state.locals[op.into] = example.result
    return True


def _inputs(state: State, op: ops.Call) -> tuple[Value | None, ...]:
    registers = (op.function, *(argument.value for argument in op.arguments))
    return tuple(state.locals.get(register) for register in registers)
