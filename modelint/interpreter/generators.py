"""Generators: run to their end for what they yield."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import calls, containers
from modelint.interpreter.frame import Frame
from modelint.interpreter.joins import merge
from modelint.interpreter.state import Returned, State
from modelint.interpreter.values import UNKNOWN, Generator, Key, Value, choice
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

    def on_yield(at: State, value: Value) -> list[State]:
        yielded.append(value)
        if len(paused) < calls.FORKS:
            left = at.fork()
            left.pop()
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
