"""`with`: over objects with `__enter__`, over generator-based context managers, and over what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import calls
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.frame import Exits, Frame
from modelint.interpreter.joins import merge
from modelint.interpreter.state import State
from modelint.interpreter.values import NOTHING, UNKNOWN, Choice, ClassInfo, Generator, Ref, Value
from modelint.ir import ops

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


def run_with(machine: Machine, op: ops.With, state: State, context: Value, frame: Frame, exits: Exits) -> list[State]:
    if type(context) is Choice:
        usable = [o for o in context.options if o != NOTHING]
        if len(usable) > 1 and len(usable) <= calls.FORKS:
            results: list[State] = []
            for option in usable:
                results.extend(run_with(machine, op, state.fork(), option, frame, exits))
            return merge(results)
        context = usable[0] if usable else UNKNOWN
    if type(context) is Generator:
        return _with_generator(machine, op, state, context, frame, exits)
    if type(context) is Ref and context.oid in state.heap:
        cls = state.heap[context.oid].cls
        if cls is not None and cls.lookup("__enter__") is not None:
            return _with_object(machine, op, state, context, cls, frame, exits)
    state.locals[op.target] = context
    return machine.run_block(op.body, [state], frame, exits)


def _with_object(
    machine: Machine, op: ops.With, state: State, context: Ref, cls: ClassInfo, frame: Frame, exits: Exits
) -> list[State]:
    def leave(at: State) -> list[State]:
        found = cls.lookup("__exit__")
        if found is None:
            return [at]
        arguments = Arguments((context, NOTHING, NOTHING, NOTHING), {}, None)
        kept = at.locals.get("<return>")
        ends = [end for end, _ in calls.call_value(machine, at, found[0], arguments, frame, op.span)]
        for end in ends:
            if kept is not None:
                end.locals["<return>"] = kept
        return ends

    entered: list[State] = []
    enter_method = cls.lookup("__enter__")
    assert enter_method is not None
    for end, value in calls.call_value(machine, state, enter_method[0], Arguments((context,), {}, None), frame, op.span):
        end.locals[op.target] = value
        entered.append(end)
    inner = Exits()
    normal = [end for each in machine.run_block(op.body, entered, frame, inner) for end in leave(each)]
    for kind in ("broken", "continued", "returned", "raised"):
        getattr(exits, kind).extend(end for each in merge(getattr(inner, kind)) for end in leave(each))
    return normal


def _with_generator(
    machine: Machine, op: ops.With, state: State, generator: Generator, frame: Frame, exits: Exits
) -> list[State]:
    """The block of the `with` runs where the generator yields, on the locals of the frame that holds it; however it leaves, the
    generator goes on after its `yield` first."""
    inner = calls.enter(
        machine, frame, generator.function, op.span, None, None, stub=machine.linker.is_stub(generator.function.module)
    )
    inner.depth = frame.depth
    level = len(state.stack)

    def on_yield(at: State, value: Value) -> list[State]:
        at.swap(level)
        at.locals[op.target] = value
        left = Exits()
        outer, frame.level = frame.level, len(at.stack)
        ends = machine.run_block(op.body, [at], frame, left)
        frame.level = outer
        for kind in ("broken", "continued", "returned"):
            for each in getattr(left, kind):
                each.exit = (kind, each.locals.get("<return>", UNKNOWN))
                ends.append(each)
        for each in left.raised:
            each.swap(level)
        machine.raising.extend(left.raised)
        for each in ends:
            each.swap(level)
        return ends

    inner.on_yield = on_yield
    outer_exit = state.exit
    normal: list[State] = []
    for end, _ in machine.run_function(state, generator.function, dict(generator.bindings), inner):
        if end.exit is None or end.exit == outer_exit:
            normal.append(end)
            continue
        kind, value = end.exit
        end.exit = outer_exit
        if kind == "returned":
            end.locals["<return>"] = value
        getattr(exits, kind).append(end)
    return normal
