"""Generators: run to their end for what they yield, or in turn with the loop over them where one may see what the other does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import calls, containers
from modelint.interpreter.frame import Exits, Frame
from modelint.interpreter.joins import merge
from modelint.interpreter.state import Returned, State
from modelint.interpreter.values import UNKNOWN, Generator, Key, Value, choice
from modelint.ir import ops
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


def consume(machine: Machine, state: State, generator: Generator, frame: Frame, span: Span) -> list[Returned]:
    """Run a generator to its end and give what it yields as a list."""
    inner = calls.enter(
        machine, frame, generator.function, span, None, None, stub=machine.linker.is_stub(generator.function.module)
    )
    key: Key = ("yields", inner.context, generator.function.module, generator.function.ir.index)
    where = (generator.function.module, generator.function.ir.index)
    if frame.depth >= machine.depth_limit or machine.on_stack.get(where, 0) >= 2:
        return [(state, UNKNOWN)]
    yielded: list[Value] = []
    paused: list[State] = []
    level = len(state.stack)

    def on_yield(at: State, value: Value) -> list[State]:
        yielded.append(value)
        if len(paused) < calls.FORKS:
            left = at.fork()
            left.swap(level)
            left.leave_generator(level)
            paused.append(left)
        return [at]

    inner.on_yield = on_yield
    machine.on_stack[where] = machine.on_stack.get(where, 0) + 1
    try:
        results = machine.run_function(state, generator.function, dict(generator.bindings), inner)
    finally:
        machine.on_stack[where] -= 1
    one = choice(yielded) if yielded else UNKNOWN
    # One that never ends is left where it yields.
    ends = [end for end, _ in results] or merge(paused)
    return [(end, containers.new_list(machine, end, None, key, one)) for end in ends]


def takes_turns(machine: Machine, generator: Generator, frame: Frame) -> bool:
    """Whether a generator has to do with models, so that it matters when a loop over it does what it does."""
    where = (generator.function.module, generator.function.ir.index)
    matters = machine.relevance is not None and machine.relevance.matters(where[0], generator.function.ir)
    return matters and frame.depth < machine.depth_limit and not machine.on_stack.get(where, 0)


def run_in_turn(machine: Machine, op: ops.For, state: State, generator: Generator, frame: Frame, exits: Exits) -> list[State]:
    """The body of a loop runs where the generator yields. What leaves the loop leaves the generator where it is."""
    function = generator.function
    inner = calls.enter(machine, frame, function, op.span, None, None, stub=machine.linker.is_stub(function.module))
    inner.depth = frame.depth + 1
    before, left, level = state.fork(), Exits(), len(state.stack)

    def on_yield(at: State, value: Value) -> list[State]:
        at.swap(level)
        at.locals[op.target] = value
        body = Exits()
        outer, frame.level, frame.loops = frame.level, len(at.stack), frame.loops + 1
        ends = [*machine.run_block(op.body, [at], frame, body), *body.continued]
        frame.level, frame.loops = outer, frame.loops - 1
        for kind in ("broken", "returned", "raised"):
            for each in getattr(body, kind):
                each.leave_generator(level)
                each.changes |= _changed(before, each)
                getattr(left, kind).append(each)
        for each in ends:
            each.swap(level)
        return ends

    inner.on_yield = on_yield
    where = (function.module, function.ir.index)
    machine.on_stack[where] = machine.on_stack.get(where, 0) + 1
    try:
        ends = [end for end, _ in machine.run_function(state, function, dict(generator.bindings), inner)]
    finally:
        machine.on_stack[where] -= 1
    exits.returned.extend(left.returned)
    exits.raised.extend(left.raised)
    if ends and op.orelse:
        ends = machine.run_block(op.orelse, ends, frame, exits)
    return merge([*ends, *left.broken])


def _changed(before: State, after: State) -> set[int]:
    """The objects that are not as they were."""
    written = {oid for oid, obj in after.heap.written() if before.heap.get(oid) is not obj}
    return written | {oid for oid, mode in after.modes.items() if before.modes.get(oid) is not mode}
