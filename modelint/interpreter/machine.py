"""Runs blocks of IR over states.

`Machine.run_block` takes the states that reach a block and gives those that leave it normally; states that leave it otherwise
are collected in `Exits`. A frame is one activation of a function: it holds what does not differ between states. Loops run their
first iteration apart from the later ones; a `with` over a generator-based context manager runs its block where the generator
yields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias

from modelint.events import Cause, Site, TrainOverride
from modelint.interpreter import attributes, calls, guards, models, natives, reuse
from modelint.interpreter.frame import Exits, Frame
from modelint.interpreter.log import Log, StepRecord
from modelint.interpreter.state import Object, Returned, State, contained, join_objects, join_values, merge, rebase, widen
from modelint.interpreter.values import (
    NOTHING,
    UNKNOWN,
    Bound,
    Choice,
    Class,
    ClassInfo,
    Const,
    Data,
    Function,
    Generator,
    Key,
    Partial,
    Plain,
    Ref,
    Tuple,
    Value,
    constant,
)
from modelint.ir import ops
from modelint.ir.module import FunctionIR
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.linker import Linker
    from modelint.program.relevance import Relevance

PASSES = 3
"""Iterations of a loop that are interpreted at most: the first, a later one, and one from the end of that."""
DEPTH = 32
UNROLLED = 16


class Machine:
    """The interpreter of one program: its tables of identities and the log of what happened. States come and go."""

    reuses_calls = True
    """A call from several states is run once where that makes no difference (see `reuse`)."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self.log = Log()
        self.steps_left = 0
        self.exhausted = False
        self.identities: dict[Key, int] = {}
        self.origins: dict[int, Key] = {}
        self.classes: dict[Key, ClassInfo] = {}
        self.iteration: tuple[tuple[int, str], ...] = ()
        self.reached: set[tuple[str, int]] = set()
        self.instantiated: set[tuple[str, int]] = set()
        self.on_stack: dict[tuple[str, int], int] = {}
        self.moves: dict[int, frozenset[int]] = {}
        self.raising: list[State] = []
        """States that a call left by raising, on their way to the block that made the call."""
        self.created_at: dict[int, tuple[Site, tuple[Site, ...]]] = {}
        self.mode_sites: dict[int, dict[Site, None]] = {}
        self.apart: set[tuple[int, Site]] = set()
        self.forward_leaves: list[tuple[models.Leaf, ...]] = []
        self.snapshots: list[models.Description] = []
        self.step_owned: dict[StepRecord, set[int]] = {}
        self.loaders: dict[int, str] = {}
        self.constructed: dict[Key, Cause] = {}
        """Results of calls of classes that are not known: should they turn out to be modules, they were made in train mode."""
        self.base = State()
        self.depth_limit = DEPTH
        self.strict = False
        self.probing_dropout = False
        """A `forward` is run in eval mode, to see which dropouts stay active."""
        self.version_reaches: Callable[[str, list[int]], bool] = lambda library, numbers: True
        self.relevance: Relevance | None = None
        self.builders: Relevance | None = None
        """The functions that may build a model, or reach one by a global name."""
        self.volatile: frozenset[str] = frozenset()
        self.catching = 0
        """How many `try` blocks with handlers are being run: without one, what an exception leaves behind is of no interest."""
        self.alternatives: dict[Key, set[Key]] = {}
        """Unknown values that may be the value with this key or another one."""
        self.known_guards: set[Key] = set()
        self.guarded: dict[Key, set[Key]] = {}
        """The guards that are about the result of a call or a loop variable, by its key."""
        self.overriding: set[int] = set()
        """The modules whose class has a `train` of its own."""
        self.train_overrides: dict[models.ClassName, TrainOverride] = {}
        self.handlers = _handlers(self)

    # -- identities
    def identity(self, key: Key) -> int:
        oid = self.identities.get(key)
        if oid is None:
            oid = self.identities[key] = len(self.identities) + 1
            self.origins[oid] = key
        return oid

    def site(self, frame: Frame, span: Span) -> Site:
        if frame.is_stub and frame.site is not None:
            return frame.site
        return Site(frame.module, frame.ir.qualname, span)

    def begin(self, budget: int) -> None:
        """A new entry: its own budget, nothing on the stack."""
        self.steps_left, self.exhausted = budget, False
        self.on_stack.clear()
        self.raising.clear()
        self.catching = 0
        self.iteration = ()

    def call_entry(
        self, state: State, function: Value, arguments: calls.Arguments, frame: Frame, ir: FunctionIR
    ) -> list[Returned]:
        """Call what nobody calls; the call itself is no step of any trace."""
        return calls.call_value(self, state, function, arguments, frame, ir.header)

    def can_skip(self, state: State, function: Function, arguments: calls.Arguments) -> bool:
        """Whether nothing about models can happen in a call: the function does not matter and receives nothing that does."""
        if self.relevance is None or self.relevance.matters(function.module, function.ir):
            return False
        if self.builders is None or self.builders.matters(function.module, function.ir):
            return False
        if function.ir.name == "__init__":
            if function.owner is not None and function.owner.is_module:
                return False  # a base's may make parts
            return not any(self.carries(state, value) for value in arguments.all()[1:])
        given = arguments.all()
        if given and function.owner is not None:
            if type(given[0]) is Ref and models.is_module(state, given[0].oid):
                return False
            given = given[1:]
        return not any(self.carries(state, value) for value in given)

    def name_holds(self, state: State, name: str, value: Value) -> None:
        """A name or attribute holds a value: if that is a model, whoever mentions the name matters."""
        relevance = self.relevance
        if relevance is None or name in relevance.words or type(value) not in (Ref, Data, Choice, Tuple):
            return
        if models.module_ids(self, state, value) or (
            type(value) is Data and not value.data and self._stands_for_model(state, value)
        ):
            relevance.add(name)
            if self.builders is not None:
                self.builders.add(name)

    def _stands_for_model(self, state: State, value: Data) -> bool:
        return any(models.is_module(state, oid) for oid in value.objects)

    def carries(self, state: State, value: Value, depth: int = 4) -> bool:
        """Whether a value is, or holds, a model or code that could run one. What is nested deeper than `depth` counts as such."""
        if not depth:
            return True
        if isinstance(value, (Function, Bound, Partial, Class)):
            return True
        if isinstance(value, Data):
            return bool(value.objects or value.parameters)
        if isinstance(value, Tuple):
            return any(self.carries(state, item, depth - 1) for item in value.items)
        if isinstance(value, Choice):
            return any(self.carries(state, item, depth - 1) for item in value.options)
        if isinstance(value, Ref):
            obj = state.heap.get(value.oid)
            if obj is None:
                return False
            if obj.kind in ("list", "dict"):
                inner = (*(obj.items or ()), *obj.attributes.values(), *((obj.rest,) if obj.rest is not None else ()))
                return any(self.carries(state, item, depth - 1) for item in inner[:24])
            return True
        return False

    def unrolled(self) -> Key:
        """Which iterations of unrolled loops this is: what they make is told apart."""
        return tuple(tag for tag in self.iteration if tag[1].isdigit())

    def enclosing_class(self, frame: Frame) -> str:
        return frame.owner.name if frame.owner is not None and not frame.owner.is_stub else ""

    def fresh(self, state: State, oid: int, frame: Frame) -> None:
        """A site allocates again: what it made before becomes the older object, unless nothing tells the two apart."""
        mode = state.modes.get(oid)
        if oid not in state.heap:
            return
        if (mode is None or mode.bits == 1) and (oid, "weights") not in state.facts:
            return
        older = self.identity(("older", oid))
        obj = state.heap.pop(oid)
        state.owned.discard(oid)
        state.add(older, join_objects(state.heap[older], obj) if older in state.heap else obj.clone())
        if mode is not None:
            state.set_mode(older, mode.join(state.modes[older]) if older in state.modes else mode)
            del state.modes[oid]
        for key in [key for key in state.facts if key[0] == oid]:
            state.facts[older, key[1]] = state.facts.pop(key)
        if older not in self.created_at and oid in self.created_at:
            self.created_at[older] = self.created_at[oid]
        state.rename(oid, older)

    # -- blocks
    def run_block(self, block: tuple[ops.Op, ...], states: list[State], frame: Frame, exits: Exits) -> list[State]:
        handlers = self.handlers
        for op in block:
            if not states:
                return states
            self.steps_left -= len(states)
            if self.steps_left < 0:
                self.exhausted = True
                return []
            states = handlers[type(op)](op, states, frame, exits)
            if self.raising:
                self.take_raising(frame, exits)
        return states

    def take_raising(self, frame: Frame, exits: Exits) -> None:
        """States that left a call of this frame by raising: those whose frames below are the frame's own."""
        exits.raised.extend(state for state in self.raising if len(state.stack) == frame.level)
        self.raising = [state for state in self.raising if len(state.stack) != frame.level]

    def live_after(self, op: ops.If, before: Iterable[str | int]) -> set[str | int]:
        """The registers that may be read after an `If`: those from before it, and the results of a conditional expression."""
        moved = self.moves.get(id(op))
        if moved is None:
            moved = self.moves[id(op)] = frozenset(each.into for each in (*op.then, *op.orelse) if type(each) is ops.Move)
        return {*before, *moved}

    # -- functions
    def run_function(self, state: State, function: Function, bindings: dict[str, Value], frame: Frame) -> list[Returned]:
        """Run the body with its parameters bound; the callers' locals are back in place in what is returned."""
        state.push(dict(bindings.items()))
        frame.level = len(state.stack)
        self.enter_cells(state, function.ir, frame)
        exits = Exits()
        frame.function = function
        normal = self.run_block(function.ir.body, [state], frame, exits)
        for end in normal:
            end.locals = {"<return>": NOTHING}
        for end in exits.returned:
            end.locals = {"<return>": end.locals.get("<return>", UNKNOWN)}
        results: list[Returned] = []
        for end in merge([*normal, *exits.returned]):
            value = end.locals["<return>"]
            end.pop()
            results.append((end, value))
        if self.catching:
            raised = merge(exits.raised)
            for end in raised:
                end.pop()
            self.raising.extend(raised)
        return results

    def enter_cells(self, state: State, ir: FunctionIR, frame: Frame) -> None:
        """Captured variables live in an object of their own, so that the closure and the function see the same."""
        if ir.cells:
            oid = self.identity(("cells", frame.module, ir.index, frame.context))
            captured: dict[Plain, Value] = {name: state.locals.pop(name) for name in ir.cells if name in state.locals}
            state.add(oid, Object("cells", None, captured))
            frame.cells = (oid, *frame.cells)


# ------------------------------------------------------------------ simple operations
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
    state.locals[op.into] = machine_load(machine, op, state, frame)


def machine_load(machine: Machine, op: ops.Load, state: State, frame: Frame) -> Value:
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
    return natives.builtin(name) or Data(("global", frame.module, name))


def _store(machine: Machine, op: ops.Store, state: State, frame: Frame) -> None:
    value = state.locals[op.value]
    if type(value) is Data and value.key is None and not value.has_provenance:
        # A name for it, so that two tests of it agree.
        key: Key = ("local", frame.module, frame.ir.index, op.name, frame.context)
        models.forget_symbol(machine, state, key)
        value = Data(key)
    if op.scope in ("local", "class"):
        state.locals[op.name] = value
    elif op.scope == "cell":
        machine.name_holds(state, op.name, value)
        for oid in frame.cells:
            cells = state.heap.get(oid)
            if cells is not None and op.name in cells.attributes:
                state.write(oid).attributes[op.name] = value
                return
        for oid in frame.cells[:1]:
            state.write(oid).attributes[op.name] = value
    else:
        machine.name_holds(state, op.name, value)
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
    elif obj.items is not None and len(obj.items) < 64 and not frame.loops:
        obj.items = (*obj.items, value)
    else:
        natives.summarise(obj, value)


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
    natives.set_item(machine, state, state.locals[op.owner], state.locals[op.index], state.locals[op.value])


def _build(machine: Machine, op: ops.Build, state: State, frame: Frame) -> None:
    state.locals[op.into] = natives.build(machine, op, state, frame)


def _unpack(machine: Machine, op: ops.Unpack, state: State, frame: Frame) -> None:
    for register, value in zip(
        op.into, natives.unpack(machine, state, state.locals[op.value], len(op.into), op.star), strict=True
    ):
        state.locals[register] = value


def _operate(machine: Machine, op: ops.Operate, state: State, frame: Frame) -> None:
    state.locals[op.into] = guards.operate(machine, state, op.operator, [state.locals[r] for r in op.operands], frame)


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
            value = natives.element(machine, state, value)
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
                # A call of it must know what it is a method of.
                end.locals[-1 - op.into] = Tuple((owner, value, constant(op.name)))
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
    for state in states:
        state.locals[op.into] = calls.make_class(machine, op, state, frame)
    return states


# ------------------------------------------------------------------ regions
def _if(machine: Machine, op: ops.If, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    results: list[State] = []
    for state in states:
        condition = state.locals[op.condition]
        truth = guards.truth(machine, state, condition)
        if truth is not None:
            results.extend(machine.run_block(op.then if truth else op.orelse, [state], frame, exits))
            continue
        before, state.changes = state.changes, set()
        left = exits.count()
        registers = [name for name in state.locals if type(name) is int]
        other = state.fork()
        ends: list[State] = []
        if guards.assume(machine, state, condition, truth=True):
            ends.extend(machine.run_block(op.then, [state], frame, exits))
        if guards.assume(machine, other, condition, truth=False):
            ends.extend(machine.run_block(op.orelse, [other], frame, exits))
        if len(ends) > 1:
            live = machine.live_after(op, registers)
            for end in ends:
                end.drop_registers(live)
            ends = merge(ends)
        exits.rebase(left, before)
        rebase(ends, before)
        results.extend(ends)
    return merge(results) if len(states) > 1 else results


def _for(machine: Machine, op: ops.For, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    results: list[State] = []
    for state in states:
        iterable = state.locals[op.iterable]
        if type(iterable) is Choice:
            usable = [o for o in iterable.options if o != NOTHING]
            iterable = usable[0] if len(usable) == 1 else iterable
        if type(iterable) is Generator:
            states_and_lists = calls.consume(machine, state, iterable, frame, op.span)
        else:
            states_and_lists = [(state, iterable)]
        for each, source in states_and_lists:
            results.extend(_iterate(machine, op, source, each, frame, exits))
    return merge(results)


def _iterate(machine: Machine, op: ops.For, iterable: Value, state: State, frame: Frame, exits: Exits) -> list[State]:
    elements = natives.known_elements(machine, state, iterable)
    if elements is None:
        elements = natives.each_option(machine, state, iterable)
    if elements is not None:
        return _unrolled(machine, op, elements, state, frame, exits)
    key = ("element", frame.module, op.span, frame.context)

    def bind(target: State, *, first: bool) -> None:
        models.forget_symbol(machine, target, key)
        target.locals[op.target] = natives.element(machine, target, iterable, first=first, key=key)

    return _loop(machine, op.span, (), None, op.body, op.orelse, state, frame, exits, bind)


def _unrolled(
    machine: Machine, op: ops.For, elements: tuple[Value, ...], state: State, frame: Frame, exits: Exits
) -> list[State]:
    """A loop over a container of known length: one iteration for each element."""
    states, done = [state], []
    outer = machine.iteration
    for number, element in enumerate(elements):
        if not states:
            break
        machine.iteration = (*outer, (hash_span(op.span), str(number)))
        for each in states:
            each.locals[op.target] = element
        inner = Exits()
        states = machine.run_block(op.body, states, frame, inner)
        inner.pass_on(exits)
        done.extend(inner.broken)
        states = merge([*states, *inner.continued])
    machine.iteration = outer
    if states and op.orelse:
        states = machine.run_block(op.orelse, states, frame, exits)
    return merge([*states, *done])


def hash_span(span: Span) -> int:
    return span.row * 1000 + span.column


def _while(machine: Machine, op: ops.While, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    results: list[State] = []
    for state in states:
        results.extend(_loop(machine, op.span, op.test, op.condition, op.body, op.orelse, state, frame, exits, None))
    return merge(results)


def _loop(
    machine: Machine,
    span: Span,
    test: tuple[ops.Op, ...],
    condition: int | None,
    body: tuple[ops.Op, ...],
    orelse: tuple[ops.Op, ...],
    state: State,
    frame: Frame,
    exits: Exits,
    bind: Callable[..., None] | None,
) -> list[State]:
    """A loop of unknown length. It is taken to run at least once: the state that skips it counts only as not feasible."""
    outer = machine.iteration
    before, state.changes = state.changes, set()
    left = exits.count()
    seen = [state.fork()]
    skipped = state.fork()
    skipped.feasible = False
    current = [state]
    done: list[State] = []
    ends: list[State] = []
    settled: list[State] = []
    frame.loops += 1
    for number in range(PASSES):
        machine.iteration = (*outer, (hash_span(span), "first" if number == 0 else "later"))
        entering: list[State] = []
        for each in current:
            each.changes = set() if number == 0 else each.changes
            if bind is not None:
                bind(each, first=number == 0)
                entering.append(each)
            else:
                entering.extend(_test(machine, test, condition, each, frame, exits, done, first=number == 0))
        inner = Exits()
        finished = machine.run_block(body, entering, frame, inner)
        inner.pass_on(exits)
        done.extend(inner.broken)
        finished = merge([*finished, *inner.continued])
        ends.extend(each.fork() for each in finished)
        current = []
        for each in finished:
            widen(each, seen[0])
            last = number == PASSES - 1 or any(contained(each, known) for known in seen)
            (settled if last else current).append(each)
        if not current:
            break
        seen.extend(each.fork() for each in current)
    machine.iteration = outer
    frame.loops -= 1
    leaving = ends
    if condition is not None:
        # A count may leave the loop in an iteration that was not followed: there its numbers are anything.
        leaving = [each for each in [*ends, *settled] if _can_end(machine, test, condition, each, frame, exits)]
    after = merge(leaving)
    if after and orelse:
        after = machine.run_block(orelse, after, frame, exits)
    if bind is not None and not any(contained(each, skipped) for each in after):
        after.append(skipped)
    after = merge([*after, *done])
    exits.rebase(left, before)
    rebase(after, before)
    return after


def _test(
    machine: Machine,
    test: tuple[ops.Op, ...],
    condition: int | None,
    state: State,
    frame: Frame,
    exits: Exits,
    done: list[State],
    *,
    first: bool,
) -> list[State]:
    entering = []
    for each in machine.run_block(test, [state], frame, exits):
        value = each.locals[condition] if condition is not None else UNKNOWN
        truth = guards.truth(machine, each, value)
        if truth is False:
            done.append(each)
        elif truth is None:
            if first:
                left = each.fork()
                if guards.assume(machine, left, value, truth=False):
                    left.feasible = False
                    done.append(left)
            if guards.assume(machine, each, value, truth=True):
                entering.append(each)
        else:
            entering.append(each)
    return entering


def _can_end(machine: Machine, test: tuple[ops.Op, ...], condition: int, state: State, frame: Frame, exits: Exits) -> bool:
    results = machine.run_block(test, [state], frame, Exits())
    return any(guards.truth(machine, each, each.locals[condition]) is not True for each in results)


def _try(machine: Machine, op: ops.Try, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    inner = Exits()
    entered = [state.fork() for state in states] if op.handlers else []
    machine.catching += bool(op.handlers)
    normal = machine.run_block(op.body, states, frame, inner)
    machine.catching -= bool(op.handlers)
    if op.handlers:
        raised, inner.raised = inner.raised, []
        caught = [each.fork() for each in (*entered, *normal)]
        for each in caught:
            each.feasible = False
        caught = merge([*raised, *caught])
        for handler in op.handlers:
            normal.extend(machine.run_block(handler.body, [each.fork() for each in caught], frame, inner))
        inner.raised.extend(raised if not _catches_all(op) else [])
    if op.orelse:
        normal = machine.run_block(op.orelse, normal, frame, inner)
    normal = merge(normal)
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


def _catches_all(op: ops.Try) -> bool:
    return any(not handler.types or {"Exception", "BaseException"} & set(handler.types) for handler in op.handlers)


def _with(machine: Machine, op: ops.With, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    results: list[State] = []
    for state in states:
        results.extend(calls.run_with(machine, op, state, state.locals[op.context], frame, exits))
    return merge(results)


# ------------------------------------------------------------------ terminators
def _return(machine: Machine, op: ops.Return, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    for state in states:
        state.locals["<return>"] = state.locals[op.value]
    exits.returned.extend(states)
    return []


def _raise(machine: Machine, op: ops.Raise, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    if machine.catching:
        exits.raised.extend(states)
    return []


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
    ops.Yield: _yield, ops.If: _if, ops.For: _for, ops.While: _while, ops.Try: _try, ops.With: _with, ops.Return: _return,
    ops.Raise: _raise, ops.Break: _break, ops.Continue: _continue,
}  # fmt: skip


def _handlers(machine: Machine) -> dict[type, Handler]:
    table: dict[type, Handler] = {kind: _each(run, machine) for kind, run in SIMPLE.items()}
    for kind, branching in BRANCHING.items():
        table[kind] = lambda op, states, frame, exits, run=branching: run(machine, op, states, frame, exits)
    return table
