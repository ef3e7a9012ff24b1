"""What each kind of operation does to the states that reach it; `handlers` is the table of that."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from modelint.interpreter import (
    attributes,
    calls,
    classes,
    containers,
    contexts,
    dropouts,
    loops,
    models,
    natives,
    operators,
    regions,
    reuse,
    skipping,
    splits,
)
from modelint.interpreter.frame import Exits, Frame
from modelint.interpreter.joins import join_values, merge, rebase
from modelint.interpreter.state import State
from modelint.interpreter.values import (
    UNKNOWN,
    Choice,
    Class,
    ClassInfo,
    Const,
    Data,
    Function,
    Key,
    Ref,
    Tuple,
    Value,
    constant,
)
from modelint.ir import ops

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


Handler: TypeAlias = Callable[..., list[State]]


def _each(run: Callable[..., None], machine: Machine) -> Handler:
    def handler(op: ops.Op, states: list[State], frame: Frame, exits: Exits) -> list[State]:
        for state in states:
            run(machine, op, state, frame)
        return states

    return handler


def _constant(machine: Machine, op: ops.Constant, state: State, frame: Frame) -> None:
    state.locals[op.into] = constant(op.value)


def _move(machine: Machine, op: ops.Move, state: State, frame: Frame) -> None:
    state.locals[op.into] = state.locals[op.value]


def _load(machine: Machine, op: ops.Load, state: State, frame: Frame) -> None:
    if op.name in frame.bound and not _is_bound(machine, op, state, frame):
        state.feasible = False  # on this way it is not bound, and Python raises
    state.locals[op.into] = _value_of_name(machine, op, state, frame)


def _is_bound(machine: Machine, op: ops.Load, state: State, frame: Frame) -> bool:
    if op.scope == "local":
        return op.name in state.locals
    if op.scope == "global" and frame.ir.index == 0:
        return op.name in machine.linker.namespace(machine, state, frame.module).attributes
    return True


def _value_of_name(machine: Machine, op: ops.Load, state: State, frame: Frame) -> Value:
    name, scope = op.name, op.scope
    if scope in ("local", "class"):
        value = state.locals.get(name)
        if value is not None:
            return value
        if scope == "local":
            return UNKNOWN
    if scope in ("cell", "class"):
        for oid in frame.cells:
            cells = state.heap.get(oid)
            if cells is not None and name in cells.attributes:
                return cells.attributes[name]
        if scope == "cell":
            return UNKNOWN
    namespace = machine.linker.namespace(machine, state, frame.module)
    value = namespace.attributes.get(name)
    if value is not None:
        return value
    if frame.ir.index == 0 and name in state.locals:
        return state.locals[name]
    return (
        natives.builtin(name) or machine.linker.from_star(machine, state, name, frame) or Data(("global", frame.module, name))
    )


def _store(machine: Machine, op: ops.Store, state: State, frame: Frame) -> None:
    key: Key = ("local", frame.module, frame.ir.index, op.name, frame.context)
    value = models.named(machine, state, state.locals[op.value], key)
    if state.feasible:
        frame.bound.add(op.name)
    if op.scope in ("local", "class"):
        state.locals[op.name] = value
        splits.follow(state, op.value, op.name)
    elif op.scope == "cell":
        skipping.name_holds(machine, state, op.name, value)
        for oid in frame.cells:
            cells = state.heap.get(oid)
            if cells is not None and op.name in cells.attributes:
                state.write(oid).attributes[op.name] = value
                return
        for oid in frame.cells[:1]:
            state.write(oid).attributes[op.name] = value
    else:
        skipping.name_holds(machine, state, op.name, value)
        oid = machine.identity(("namespace", frame.module))
        if oid in state.heap:
            state.write(oid).attributes[op.name] = value


def _collect(machine: Machine, op: ops.Collect, state: State, frame: Frame) -> None:
    container, value = state.locals[op.container], state.locals[op.value]
    if type(container) is not Ref or container.oid not in state.heap:
        return
    obj = state.write(container.oid)
    if op.key is not None:
        key = state.locals[op.key]
        if type(key) is Const:
            obj.attributes[key.value] = value
        else:
            obj.rest = value if obj.rest is None else join_values(obj.rest, value)
    elif obj.items is not None and len(obj.items) < containers.most((value,)) and not frame.loops:
        obj.items = (*obj.items, value)
    else:
        containers.summarise(obj, value)


def _set_attribute(machine: Machine, op: ops.SetAttribute, state: State, frame: Frame) -> None:
    attributes.set_attribute(machine, state, state.locals[op.owner], op.name, state.locals[op.value], frame, op.span)


def _get_item(machine: Machine, op: ops.GetItem, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    results: list[State] = []
    for state in states:
        owner, index = state.locals[op.owner], state.locals[op.index]
        for end, value in calls.get_item(machine, state, owner, index, frame):
            end.locals[op.into] = value
            results.append(end)
    return results


def _set_item(machine: Machine, op: ops.SetItem, state: State, frame: Frame) -> None:
    containers.set_item(machine, state, state.locals[op.owner], state.locals[op.index], state.locals[op.value])
    skipping.container_holds(machine, state, state.locals[op.owner])


def _build(machine: Machine, op: ops.Build, state: State, frame: Frame) -> None:
    state.locals[op.into] = containers.build(machine, op, state, frame)


def _unpack(machine: Machine, op: ops.Unpack, state: State, frame: Frame) -> None:
    for register, value in zip(
        op.into, containers.unpack(machine, state, state.locals[op.value], len(op.into), op.star), strict=True
    ):
        state.locals[register] = value


def _operate(machine: Machine, op: ops.Operate, state: State, frame: Frame) -> None:
    operands = [state.locals[r] for r in op.operands]
    made = (
        dropouts.operate(machine, state, op.operator, operands, frame, op.span) if machine.active_dropouts is not None else None
    )
    state.locals[op.into] = made if made is not None else operators.operate(machine, state, op.operator, operands, frame)


def _make_function(machine: Machine, op: ops.MakeFunction, state: State, frame: Frame) -> None:
    ir = machine.linker.module(frame.module).functions[op.index]
    defaults = tuple((argument.name, state.locals[argument.value]) for argument in op.defaults)
    state.locals[op.into] = Function(ir, frame.module, frame.cells, defaults, frame.owner)


def _havoc(machine: Machine, op: ops.Havoc, state: State, frame: Frame) -> None:
    for name in op.names:
        state.locals[name] = UNKNOWN


def _yield(machine: Machine, op: ops.Yield, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    results = []
    for state in states:
        value = state.locals[op.value]
        if op.from_:
            value = containers.element(machine, state, value)
        after = [state] if frame.on_yield is None else frame.on_yield(state, value)
        for end in after:
            end.locals[op.into] = UNKNOWN
        results.extend(after)
    return results


def _call(machine: Machine, op: ops.Call, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    results: list[State] = []
    example: reuse.Example | None = None
    for state in states:
        before, state.changes = state.changes, set()
        if example is None or not reuse.apply(example, state, op):
            example = reuse.begin(machine, state, op) if machine.reuses_calls and len(states) > 1 else None
            ends = []
            for end, value in calls.call_op(machine, op, state, frame):
                end.locals[op.into] = value
                ends.append(end)
            if len(ends) > 1:
                ends = merge(ends)
            example = reuse.finish(machine, example, ends, op)
        else:
            ends = [state]
        for raised in machine.raising:
            raised.changes |= before
        rebase(ends, before)
        results.extend(ends)
    return merge(results) if len(results) > 1 else results


def _get_attribute(machine: Machine, op: ops.GetAttribute, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    results: list[State] = []
    for state in states:
        owner = state.locals[op.owner]
        if op.statement:
            attributes.note_statement(machine, state, owner, op, frame)
        for end, value in attributes.get_attribute(machine, state, owner, op.name, frame, op.span):
            end.locals[op.into] = value
            if isinstance(value, (Data, Choice)) and not _is_stored(end, owner, op.name):
                # A call of it must know what it is a method of: of one of several values, if they were told apart for it.
                end.locals[-1 - op.into] = Tuple((end.locals[op.owner], value, constant(op.name)))
            results.append(end)
    return results


def _is_stored(state: State, owner: Value, name: str) -> bool:
    """The attribute holds something of its own, and is no method that is not known."""
    obj = state.heap.get(owner.oid) if isinstance(owner, Ref) else None
    return obj is not None and obj.kind == "instance" and name in obj.attributes


def _decorate(machine: Machine, op: ops.Decorate, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    results: list[State] = []
    for state in states:
        for end, value in calls.decorate(machine, state, state.locals[op.decorator], state.locals[op.target], frame, op.span):
            end.locals[op.into] = value
            results.append(end)
    return results


def _import(machine: Machine, op: ops.Import, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    for state in states:
        state.locals[op.into] = machine.linker.import_member(machine, state, op, frame)
    return states


def _make_class(machine: Machine, op: ops.MakeClass, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    results: list[State] = []
    for state in states:
        for end, value in classes.make_class(machine, op, state, frame):
            end.locals[op.into] = value
            results.append(end)
    return results


def _with(machine: Machine, op: ops.With, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    results: list[State] = []
    for state in states:
        results.extend(contexts.run_with(machine, op, state, state.locals[op.context], frame, exits))
    return merge(results)


def _return(machine: Machine, op: ops.Return, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    for state in states:
        state.locals["<return>"] = state.locals[op.value]
    exits.returned.extend(states)
    return []


def _raise(machine: Machine, op: ops.Raise, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    if machine.catching:
        for state in states:
            if op.value is not None:  # else that of the handler goes on
                state.error = _class_raised(state, state.locals[op.value])
        exits.raised.extend(states)
    return []


def _class_raised(state: State, value: Value) -> ClassInfo | None:
    if type(value) is Ref and value.oid in state.heap:
        return state.heap[value.oid].cls
    return value.info if type(value) is Class else None


def _break(machine: Machine, op: ops.Break, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    exits.broken.extend(states)
    return []


def _continue(machine: Machine, op: ops.Continue, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    exits.continued.extend(states)
    return []


SIMPLE: dict[type, Callable[..., None]] = {
    ops.Constant: _constant, ops.Load: _load, ops.Store: _store, ops.Move: _move, ops.SetAttribute: _set_attribute,
    ops.SetItem: _set_item, ops.Build: _build, ops.Collect: _collect, ops.Unpack: _unpack,
    ops.Operate: _operate, ops.MakeFunction: _make_function, ops.Havoc: _havoc,
}  # fmt: skip
BRANCHING: dict[type, Callable[..., list[State]]] = {
    ops.GetAttribute: _get_attribute, ops.GetItem: _get_item, ops.Call: _call, ops.Decorate: _decorate, ops.MakeClass: _make_class, ops.Import: _import,
    ops.Yield: _yield, ops.If: regions.run_if, ops.For: loops.run_for, ops.While: loops.run_while, ops.Try: regions.run_try, ops.With: _with, ops.Return: _return,
    ops.Raise: _raise, ops.Break: _break, ops.Continue: _continue,
}  # fmt: skip


def handlers(machine: Machine) -> dict[type, Handler]:
    table: dict[type, Handler] = {kind: _each(run, machine) for kind, run in SIMPLE.items()}
    for kind, branching in BRANCHING.items():
        table[kind] = lambda op, states, frame, exits, run=branching: run(machine, op, states, frame, exits)
    return table
