"""Calls: of functions of the project and of stubs, classes, methods, natives, and of what cannot be resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import (
    classes,
    containers,
    methods,
    models,
    native_calls,
    passes,
    skipping,
    standard,
    steps,
    unresolved,
)
from modelint.interpreter.arguments import Arguments, accepts, arguments_of, bind
from modelint.interpreter.frame import Frame
from modelint.interpreter.guards import replace, use_as_plain
from modelint.interpreter.state import Returned, State
from modelint.interpreter.values import (
    NOTHING,
    UNKNOWN,
    Bound,
    Choice,
    Class,
    Const,
    Data,
    External,
    Function,
    Generator,
    Key,
    Native,
    Partial,
    Ref,
    Tuple,
    Value,
    Wrapped,
    choice,
    constant,
    provenance,
)
from modelint.ir import ops
from modelint.ir.walk import walk
from modelint.program.classes import is_abstract
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine

FORKS = 4
RECURSION = 2
"""Activations of a function of the project that may be open at once on data that is not known."""
KNOWN_RECURSION = 8
"""The same where a call hands on a known module or constant: going down the parts of a model ends by itself."""
STUB_RECURSION = 16
"""The same for stubs: `Module.train` goes down the parts of a model."""


def call_op(machine: Machine, op: ops.Call, state: State, frame: Frame) -> list[Returned]:
    function = state.locals[op.function]
    arguments = arguments_of(machine, op, state)
    return call_value(machine, state, function, arguments, frame, op.span, op)


def call_value(
    machine: Machine, state: State, function: Value, arguments: Arguments, frame: Frame, span: Span, op: ops.Call | None = None
) -> list[Returned]:
    if isinstance(function, Function):
        return call_function(machine, state, function, arguments, frame, span, op)
    if isinstance(function, Bound):
        return _call_bound(machine, state, function, arguments, frame, span, op)
    if isinstance(function, Class):
        return classes.instantiate(machine, state, function, arguments, frame, span, op)
    if isinstance(function, Native):
        return native_calls.call(machine, state, function.name, arguments, frame, span, op)
    if isinstance(function, Ref):
        return _call_object(machine, state, function, arguments, frame, span, op)
    if isinstance(function, Choice):
        return _call_choice(machine, state, function, arguments, frame, span, op)
    if isinstance(function, Partial):
        merged = Arguments(
            (*function.arguments, *arguments.positional), {**dict(function.keywords), **arguments.keywords}, arguments.rest
        )
        return call_value(machine, state, function.function, merged, frame, span, op)
    if isinstance(function, Wrapped):
        return call_value(machine, state, function.function, arguments, frame, span, op)
    if isinstance(function, External):
        special = standard.call(machine, state, function.name, arguments, frame, span)
        if special is not None:
            return special
        return unresolved.call_unresolved(machine, state, function, arguments, frame, span, op)
    if function == NOTHING:
        machine.give_up(state)
        return []
    return unresolved.call_unresolved(machine, state, function, arguments, frame, span, op)


def _call_choice(
    machine: Machine, state: State, function: Choice, arguments: Arguments, frame: Frame, span: Span, op: ops.Call | None
) -> list[Returned]:
    usable = [option for option in function.options if option != NOTHING]
    bound = [option for option in usable if type(option) is Bound]
    receivers = [option.receiver for option in bound]
    if len(bound) == len(usable) > 1 and not any(type(r) is Ref and models.is_module(state, r.oid) for r in receivers):
        same = all(option.function == bound[0].function for option in bound)
        if same and not (len(usable) <= FORKS and _keeps_of_models(machine, state, bound[0].function, arguments)):
            # The same method of different objects whose modes do not matter, of one of several optimizers say.
            return call_value(machine, state, Bound(choice(receivers), bound[0].function), arguments, frame, span, op)
    if len(usable) > FORKS:
        for each in bound:  # too many to follow, but the program does call them, in an order of its own
            if type(each.function) is Function and not frame.is_stub:
                machine.called.add((each.function.module, each.function.ir.index))
        if bound and op is not None:
            state.locals[-1 - op.function] = Tuple((provenance(receivers), function, constant(op.text.rpartition(".")[2])))
            return unresolved.call_unresolved(machine, state, function, arguments, frame, span, op)
        return unresolved.call_unresolved(machine, state, provenance(usable), arguments, frame, span, op)
    results: list[Returned] = []
    memo = state.locals.get(-1 - op.function) if op is not None else None
    for number, option in enumerate(usable):
        branch = state.fork() if number < len(usable) - 1 else state
        if isinstance(option, Ref):
            replace(branch, function, option)
        else:
            if type(option) is Bound and len(bound) == len(usable):
                replace(branch, choice(receivers), option.receiver)
            if op is not None and isinstance(memo, Tuple) and memo.items[1] == function:
                branch.locals[-1 - op.function] = Tuple((memo.items[0], option, memo.items[2]))
        results.extend(call_value(machine, branch, option, arguments, frame, span, op))
    return results


def _keeps_of_models(machine: Machine, state: State, method: Value | str, arguments: Arguments) -> bool:
    """Whether a method that is given a model writes to its object: what it keeps of the model there is read again later."""
    if type(method) is not Function or not any(models.module_ids(machine, state, value) for value in arguments.all()):
        return False
    return any(type(op) is ops.SetAttribute for op in walk(method.ir.body))


def call_function(
    machine: Machine,
    state: State,
    function: Function,
    arguments: Arguments,
    frame: Frame,
    span: Span,
    op: ops.Call | None = None,
) -> list[Returned]:
    ir = function.ir
    where = (function.module, ir.index)
    stub = machine.linker.is_stub(function.module)
    if not stub and frame.concrete:
        machine.reached.add(where)
    if not stub and frame.depth:
        machine.called.add(where)
    if ir.is_generator:
        bindings = bind(machine, state, function, arguments, frame, span)
        return [(state, Generator(function, tuple(bindings.items())))]
    limit = STUB_RECURSION if stub else KNOWN_RECURSION if _is_known(state, function, arguments) else RECURSION
    if machine.on_stack.get(where, 0) >= limit or frame.depth >= machine.depth_limit:
        machine.log.depth_cuts += 1
        return [(state, unresolved.cut_short(machine, state, function, arguments, frame, span))]
    fits = op is None or frame.is_stub or accepts(function, arguments)
    if not stub and (not fits or skipping.can_skip(machine, state, function, arguments)):
        return [(state, unresolved.unknown_result(machine, state, arguments, frame, span))]
    if not stub and _is_left_to_subclasses(state, function, arguments, frame):
        held, *positional = arguments.positional
        others = Arguments(tuple(positional), arguments.keywords, arguments.rest)
        return unresolved.call_method_unresolved(machine, state, held, ir.name, others, frame, span, op)
    inner = enter(machine, frame, function, span, op, arguments, stub=stub)
    bindings = bind(machine, state, function, arguments, inner, span)
    machine.on_stack[where] = machine.on_stack.get(where, 0) + 1
    grad = state.grad
    try:
        returned = machine.run_function(state, function, bindings, inner)
    finally:
        machine.on_stack[where] -= 1
    if (
        op is not None
        and function.owner is not None
        and function.owner.is_module
        and not (stub or frame.is_stub or frame.in_forward)
    ):
        receiver = arguments.positional[0] if arguments.positional else None
        passes.hand_over(machine, returned, receiver, frame, op, grad)
    return returned


def _is_left_to_subclasses(state: State, function: Function, arguments: Arguments, frame: Frame) -> bool:
    """Whether it is the method of a module that may be of a subclass, and each subclass is to have its own."""
    receiver = arguments.positional[0] if arguments.positional else None
    if function.owner is None or not function.owner.is_module or type(receiver) is not Ref:
        return False
    obj = state.heap.get(receiver.oid)
    return obj is not None and not (frame.concrete and obj.kind != "symbol") and is_abstract(function.ir)


def _is_known(state: State, function: Function, arguments: Arguments) -> bool:
    """Whether a call says which module it is about, or how far it has come; the module that a constructor makes says neither."""
    given = arguments.all()[1:] if function.ir.name == "__init__" else arguments.all()
    return any(
        (isinstance(value, Ref) and models.is_module(state, value.oid)) or (isinstance(value, Const) and value.type is int)
        for value in given
    )


def enter(
    machine: Machine,
    frame: Frame,
    function: Function,
    span: Span,
    op: ops.Call | None,
    arguments: Arguments | None,
    *,
    stub: bool,
) -> Frame:
    """The frame of a call. Entering a stub from the user's code fixes the place that events in it are reported at."""
    inner = Frame(function.ir, function.module, is_stub=stub, concrete=frame.concrete)
    inner.owner, inner.cells, inner.depth, inner.in_forward = function.owner, function.cells, frame.depth + 1, frame.in_forward
    inner.context = machine.identity(("context", frame.context, frame.module, span))
    if not stub:
        inner.calls = (*frame.calls, machine.site(frame, span)) if not (frame.is_stub and frame.site is None) else frame.calls
        return inner
    if frame.is_stub:
        inner.site, inner.calls = frame.site, frame.calls
        inner.stub_entry, inner.stub_text, inner.stub_receiver = frame.stub_entry, frame.stub_text, frame.stub_receiver
        return inner
    inner.site, inner.calls = machine.site(frame, span), frame.calls
    inner.stub_entry = function
    inner.stub_text = op.text if op is not None else ""
    receiver = arguments.positional[0] if arguments is not None and arguments.positional else None
    inner.stub_receiver = receiver.oid if type(receiver) is Ref else None
    return inner


def _call_bound(
    machine: Machine, state: State, bound: Bound, arguments: Arguments, frame: Frame, span: Span, op: ops.Call | None
) -> list[Returned]:
    function, receiver = bound.function, bound.receiver
    if not isinstance(function, str):
        if (
            type(function) is Function
            and function.ir.name == "step"
            and type(receiver) is Ref
            and not machine.linker.is_stub(function.module)
        ):
            return _own_step(machine, state, function, receiver, arguments, frame, span, op)
        if (
            type(function) is Function
            and function.ir.name == "forward"
            and type(receiver) is Ref
            and not frame.in_forward
            and not frame.is_stub
        ):
            obj = state.heap.get(receiver.oid)
            if obj is not None and obj.cls is not None and obj.cls.is_module:
                # `model.forward(x)` is a forward pass like `model(x)`.
                return _call_object(machine, state, receiver, arguments, frame, span, op)
        return call_value(machine, state, function, arguments.behind(receiver), frame, span, op)
    key: Key = ("method", frame.module, span, frame.context)
    if type(receiver) is Ref and receiver.oid in state.heap and state.heap[receiver.oid].kind in ("list", "dict"):
        if function in ("append", "update", "add"):
            for value in arguments.all():
                machine.log.use(provenance((value,)).data, "used")
        result = methods.container_method(machine, state, receiver, function, arguments, frame, key)
        skipping.container_holds(machine, state, receiver)
        return [(state, UNKNOWN if result is None else result)]
    if type(receiver) is Const:
        for value in arguments.all():
            use_as_plain(machine, value)
        return [(state, methods.text_method(receiver, function, arguments))]
    if function.startswith("super."):
        return unresolved.call_method_unresolved(machine, state, receiver, function[6:], arguments, frame, span, op)
    # A method of a tuple or of a function: no model runs, whatever these hold.
    return [(state, unresolved.unknown_result(machine, state, arguments.behind(receiver), frame, span))]


def _own_step(
    machine: Machine,
    state: State,
    function: Function,
    receiver: Ref,
    arguments: Arguments,
    frame: Frame,
    span: Span,
    op: ops.Call | None,
) -> list[Returned]:
    """The `step` of an optimizer class of the project is a step, whatever it is made of."""
    owned = steps.owned_by(machine, state, receiver.oid)
    results = call_value(machine, state, function, arguments.behind(receiver), frame, span, op)
    if owned:
        for end, _ in results:
            steps.step(machine, end, owned, machine.site(frame, span), frame)
    return results


def _call_object(
    machine: Machine, state: State, ref: Ref, arguments: Arguments, frame: Frame, span: Span, op: ops.Call | None
) -> list[Returned]:
    obj = state.heap.get(ref.oid)
    if obj is None or obj.cls is None:
        return unresolved.call_unresolved(
            machine, state, Data(("object", ref.oid), objects=frozenset({ref.oid})), arguments, frame, span, op
        )
    found = obj.cls.lookup("__call__")
    if found is None:
        if obj.cls.unresolved_base or obj.kind == "symbol":
            return unresolved.call_unresolved(
                machine, state, Data(None, objects=frozenset({ref.oid})), arguments, frame, span, op
            )
        return [(state, unresolved.unknown_result(machine, state, arguments, frame, span))]
    return call_value(machine, state, found[0], arguments.behind(ref), frame, span, op)


def decorate(machine: Machine, state: State, decorator: Value, target: Value, frame: Frame, span: Span) -> list[Returned]:
    """A decorator that is not resolved leaves what it decorates as it is."""
    if type(decorator) is External and decorator.name.rpartition(".")[2] in ("contextmanager", "asynccontextmanager"):
        return [(state, Wrapped("contextmanager", target))]
    if type(decorator) is External and decorator.name.rpartition(".")[2] in ("cached_property", "abstractproperty"):
        return [(state, Wrapped("property", target))]
    if (type(decorator) is External and decorator.name == "dataclasses.dataclass") or type(decorator) in (Data, External):
        return [(state, target)]
    if type(decorator) is Bound and type(decorator.receiver) is Wrapped:
        return [(state, decorator.receiver)]
    if type(decorator) is Native and decorator.name in ("property", "staticmethod", "classmethod"):
        return [(state, Wrapped(decorator.name, target))]
    results = call_value(machine, state, decorator, Arguments((target,), {}, None), frame, span)
    return [(end, value if type(value) not in (Data, Const) else target) for end, value in results]


def get_item(machine: Machine, state: State, owner: Value, index: Value, frame: Frame) -> list[Returned]:
    """`owner[index]`, which runs code where the class of the owner says so; of the `__dict__` of a module it is an attribute."""
    if type(owner) is Bound and owner.function == "__dict__":
        return native_calls.call(
            machine, state, "getattr", Arguments((owner.receiver, index), {}, None), frame, frame.ir.header, None
        )
    obj = state.heap.get(owner.oid) if type(owner) is Ref else None
    found = obj.cls.lookup("__getitem__") if obj is not None and obj.cls is not None else None
    if found is not None:
        return call_value(machine, state, found[0], Arguments((owner, index), {}, None), frame, frame.ir.header)
    return [(state, containers.get_item(machine, state, owner, index, frame))]
