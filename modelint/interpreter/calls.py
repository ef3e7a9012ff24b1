"""Calls: of functions of the project and of stubs, classes, methods, natives, and of what cannot be resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from modelint.events import Cause, FunctionalDropout
from modelint.interpreter import attributes, containers, forwards, intrinsics, methods, models, natives, skipping
from modelint.interpreter.frame import Exits, Frame
from modelint.interpreter.guards import replace, use_as_plain
from modelint.interpreter.state import Mode, Object, Returned, State, merge
from modelint.interpreter.values import (
    NOTHING,
    UNKNOWN,
    Bound,
    Choice,
    Class,
    ClassInfo,
    Const,
    Data,
    External,
    Function,
    Generator,
    Key,
    Native,
    Partial,
    Plain,
    Ref,
    Tuple,
    Value,
    Wrapped,
    choice,
    constant,
    options,
    provenance,
)
from modelint.ir import ops
from modelint.ir.module import FunctionIR
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


@dataclass(slots=True)
class Arguments:
    """The arguments of a call. `rest`: what an unpacked container of unknown contents may add."""

    positional: tuple[Value, ...]
    keywords: dict[str, Value]
    rest: Value | None

    def all(self) -> list[Value]:
        return [*self.positional, *self.keywords.values(), *((self.rest,) if self.rest is not None else ())]

    def first(self) -> Value:
        return self.positional[0] if self.positional else next(iter(self.keywords.values()), UNKNOWN)

    def get(self, position: int, name: str) -> Value | None:
        if position < len(self.positional):
            return self.positional[position]
        return self.keywords.get(name)

    def behind(self, receiver: Value) -> Arguments:
        return Arguments((receiver, *self.positional), self.keywords, self.rest)


def call_op(machine: Machine, op: ops.Call, state: State, frame: Frame) -> list[Returned]:
    function = state.locals[op.function]
    arguments = _arguments(machine, op, state)
    return call_value(machine, state, function, arguments, frame, op.span, op)


def _arguments(machine: Machine, op: ops.Call, state: State) -> Arguments:
    positional: list[Value] = []
    keywords: dict[str, Value] = {}
    rest: Value | None = None
    for argument in op.arguments:
        value = state.locals[argument.value]
        if argument.name == "":
            positional.append(value)
        elif argument.name == "*":
            elements = containers.known_elements(machine, state, value)
            if elements is not None and rest is None:
                positional.extend(elements)
            else:
                more = containers.element(machine, state, value)
                rest = more if rest is None else provenance((rest, more))
        elif argument.name == "**":
            obj = state.heap.get(value.oid) if type(value) is Ref else None
            if obj is not None and obj.kind == "dict":
                keywords.update({str(k): v for k, v in obj.attributes.items()})
                more_values = () if obj.rest is None else (obj.rest,)
            else:
                more_values = (value,)
            for more in more_values:
                rest = more if rest is None else provenance((rest, more))
        else:
            keywords[argument.name] = value
    return Arguments(tuple(positional), keywords, rest)


def call_value(
    machine: Machine, state: State, function: Value, arguments: Arguments, frame: Frame, span: Span, op: ops.Call | None = None
) -> list[Returned]:
    if isinstance(function, Function):
        return call_function(machine, state, function, arguments, frame, span, op)
    if isinstance(function, Bound):
        return _call_bound(machine, state, function, arguments, frame, span, op)
    if isinstance(function, Class):
        return instantiate(machine, state, function, arguments, frame, span, op)
    if isinstance(function, Native):
        return _call_native(machine, state, function.name, arguments, frame, span, op)
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
        special = natives_external(machine, state, function.name, arguments, frame, span)
        if special is not None:
            return special
        return forwards.call_unresolved(machine, state, function, arguments, frame, span, op)
    if function == NOTHING:
        return []
    return forwards.call_unresolved(machine, state, function, arguments, frame, span, op)


def _call_choice(
    machine: Machine, state: State, function: Choice, arguments: Arguments, frame: Frame, span: Span, op: ops.Call | None
) -> list[Returned]:
    usable = [option for option in function.options if option != NOTHING]
    bound = [option for option in usable if type(option) is Bound]
    receivers = [option.receiver for option in bound]
    if len(bound) == len(usable) > 1 and not any(type(r) is Ref and models.is_module(state, r.oid) for r in receivers):
        if all(option.function == bound[0].function for option in bound):
            # The same method of different objects whose modes do not matter, of one of several optimizers say.
            return call_value(machine, state, Bound(choice(receivers), bound[0].function), arguments, frame, span, op)
    if len(usable) > FORKS:
        if bound and op is not None:
            state.locals[-1 - op.function] = Tuple((provenance(receivers), function, constant(op.text.rpartition(".")[2])))
            return forwards.call_unresolved(machine, state, function, arguments, frame, span, op)
        return forwards.call_unresolved(machine, state, provenance(usable), arguments, frame, span, op)
    results: list[Returned] = []
    memo = state.locals.get(-1 - op.function) if op is not None else None
    for number, option in enumerate(usable):
        branch = state.fork() if number < len(usable) - 1 else state
        if isinstance(option, Ref):
            replace(branch, function, option)
        elif op is not None and isinstance(memo, Tuple) and memo.items[1] == function:
            branch.locals[-1 - op.function] = Tuple((memo.items[0], option, memo.items[2]))
        results.extend(call_value(machine, branch, option, arguments, frame, span, op))
    return results


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
    if ir.is_generator:
        bindings = bind(machine, state, function, arguments, frame, span)
        return [(state, Generator(function, tuple(bindings.items())))]
    limit = STUB_RECURSION if stub else KNOWN_RECURSION if _is_known(state, arguments) else RECURSION
    if machine.on_stack.get(where, 0) >= limit or frame.depth >= machine.depth_limit:
        machine.log.depth_cuts += 1
        return [(state, forwards.cut_short(machine, state, function, arguments, frame, span))]
    if not stub and skipping.can_skip(machine, state, function, arguments):
        return [(state, forwards.unknown_result(machine, state, arguments, frame, span))]
    inner = enter(machine, frame, function, span, op, arguments, stub=stub)
    bindings = bind(machine, state, function, arguments, inner, span)
    machine.on_stack[where] = machine.on_stack.get(where, 0) + 1
    try:
        return machine.run_function(state, function, bindings, inner)
    finally:
        machine.on_stack[where] -= 1


def _is_known(state: State, arguments: Arguments) -> bool:
    """Whether a call says which module it is about, or how far it has come."""
    return any(
        (isinstance(value, Ref) and models.is_module(state, value.oid)) or (isinstance(value, Const) and value.type is int)
        for value in arguments.all()
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


def bind(
    machine: Machine, state: State, function: Function, arguments: Arguments, frame: Frame, span: Span
) -> dict[str, Value]:
    """Parameters to values. What is missing is unknown, with an identity."""
    positional = list(arguments.positional)
    keywords = dict(arguments.keywords)
    defaults = dict(function.defaults)
    bindings: dict[str, Value] = {}
    for parameter in function.ir.parameters:
        name = parameter.name
        if parameter.kind == "star":
            bindings[name] = Tuple(tuple(positional)) if arguments.rest is None else provenance((*positional, arguments.rest))
            positional = []
        elif parameter.kind == "double_star":
            entries: dict[Plain, Value] = dict(keywords.items())
            bindings[name] = containers.new_dict(
                machine, state, entries, ("kwargs", frame.context, function.module, function.ir.index), arguments.rest
            )
            keywords = {}
        elif positional and parameter.kind in ("positional", "normal"):
            bindings[name] = positional.pop(0)
        elif name in keywords:
            bindings[name] = keywords.pop(name)
        elif name in defaults and arguments.rest is None:
            bindings[name] = defaults[name]
        else:
            data = provenance((arguments.rest,)) if arguments.rest is not None else UNKNOWN
            bindings[name] = data._replace(key=("parameter", function.module, function.ir.index, name, frame.context))
    return bindings


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
        return [(state, UNKNOWN if result is None else result)]
    if type(receiver) is Const:
        for value in arguments.all():
            use_as_plain(machine, value)
        return [(state, methods.text_method(receiver, function, arguments))]
    if function.startswith("super."):
        return forwards.call_method_unresolved(machine, state, receiver, function[6:], arguments, frame, span, op)
    # A method of a tuple or of a function: no model runs, whatever these hold.
    return [(state, forwards.unknown_result(machine, state, arguments.behind(receiver), frame, span))]


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
    owned = models.owned_by(machine, state, receiver.oid)
    results = call_value(machine, state, function, arguments.behind(receiver), frame, span, op)
    if owned:
        for end, _ in results:
            models.step(machine, end, owned, machine.site(frame, span), frame)
    return results


def _call_object(
    machine: Machine, state: State, ref: Ref, arguments: Arguments, frame: Frame, span: Span, op: ops.Call | None
) -> list[Returned]:
    obj = state.heap.get(ref.oid)
    if obj is None or obj.cls is None:
        return forwards.call_unresolved(
            machine, state, Data(("object", ref.oid), objects=frozenset({ref.oid})), arguments, frame, span, op
        )
    found = obj.cls.lookup("__call__")
    if found is None:
        if obj.cls.unresolved_base or obj.kind == "symbol":
            return forwards.call_unresolved(
                machine, state, Data(None, objects=frozenset({ref.oid})), arguments, frame, span, op
            )
        return [(state, forwards.unknown_result(machine, state, arguments, frame, span))]
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


def consume(machine: Machine, state: State, generator: Generator, frame: Frame, span: Span) -> list[Returned]:
    """Run a generator to its end and give what it yields as a list."""
    inner = enter(machine, frame, generator.function, span, None, None, stub=machine.linker.is_stub(generator.function.module))
    key: Key = ("yields", inner.context, generator.function.module, generator.function.ir.index)
    where = (generator.function.module, generator.function.ir.index)
    if frame.depth >= machine.depth_limit or machine.on_stack.get(where, 0) >= 2:
        return [(state, UNKNOWN)]
    yielded: list[Value] = []
    paused: list[State] = []

    def on_yield(at: State, value: Value) -> list[State]:
        yielded.append(value)
        if len(paused) < FORKS:
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


def get_item(machine: Machine, state: State, owner: Value, index: Value, frame: Frame) -> list[Returned]:
    """`owner[index]`, which runs code where the class of the owner says so."""
    obj = state.heap.get(owner.oid) if type(owner) is Ref else None
    found = obj.cls.lookup("__getitem__") if obj is not None and obj.cls is not None else None
    if found is not None:
        return call_value(machine, state, found[0], Arguments((owner, index), {}, None), frame, frame.ir.header)
    return [(state, containers.get_item(machine, state, owner, index, frame))]


def run_with(machine: Machine, op: ops.With, state: State, context: Value, frame: Frame, exits: Exits) -> list[State]:
    if type(context) is Choice:
        usable = [o for o in context.options if o != NOTHING]
        if len(usable) > 1 and len(usable) <= FORKS:
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
        ends = [end for end, _ in call_value(machine, at, found[0], arguments, frame, op.span)]
        for end in ends:
            if kept is not None:
                end.locals["<return>"] = kept
        return ends

    entered: list[State] = []
    enter_method = cls.lookup("__enter__")
    assert enter_method is not None
    for end, value in call_value(machine, state, enter_method[0], Arguments((context,), {}, None), frame, op.span):
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
    inner = enter(
        machine, frame, generator.function, op.span, None, None, stub=machine.linker.is_stub(generator.function.module)
    )
    inner.depth = frame.depth

    def on_yield(at: State, value: Value) -> list[State]:
        at.swap()
        at.locals[op.target] = value
        left = Exits()
        frame.level += 1
        ends = machine.run_block(op.body, [at], frame, left)
        frame.level -= 1
        for kind in ("broken", "continued", "returned"):
            for each in getattr(left, kind):
                each.exit = (kind, each.locals.get("<return>", UNKNOWN))
                ends.append(each)
        for each in left.raised:
            each.swap()
        machine.raising.extend(left.raised)
        for each in ends:
            each.swap()
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


def make_class(machine: Machine, op: ops.MakeClass, state: State, frame: Frame) -> Value:
    ir = machine.linker.module(frame.module).classes[op.index]
    key: Key = (frame.module, op.index, frame.context if frame.ir.index != 0 else 0)
    info = machine.classes.get(key)
    if info is None:
        info = machine.classes[key] = ClassInfo(
            ir.name, ir.qualname, frame.module, ir, is_stub=frame.is_stub or machine.linker.is_stub(frame.module)
        )
    bases = [state.locals[argument.value] for argument in op.bases if argument.name == ""]
    machine.linker.link_class(info, bases)
    info.fields = tuple(dict.fromkeys((*(field for base in info.mro[1:][:1] for field in base.fields), *ir.fields)))
    body_ir = FunctionIR(-1, ir.name, ir.qualname, (), ir.cells, ir.body, (), (), ir.span, ir.header)
    body = Frame(body_ir, frame.module, is_stub=frame.is_stub, concrete=frame.concrete)
    body.owner, body.cells, body.calls, body.site, body.depth = info, frame.cells, frame.calls, frame.site, frame.depth
    body.context = machine.identity(("class", frame.context, frame.module, ir.index))
    state.push({})
    body.level = len(state.stack)
    machine.enter_cells(state, body_ir, body)
    ends = machine.run_block(ir.body, [state], body, Exits())
    for end in ends[:1]:
        info.attributes.update({str(name): value for name, value in end.locals.items() if type(name) is str})
    state.pop()
    return Class(info)


def instantiate(
    machine: Machine, state: State, cls: Class, arguments: Arguments, frame: Frame, span: Span, op: ops.Call | None = None
) -> list[Returned]:
    info = cls.info
    if info.ir is not None and not info.is_stub:
        machine.instantiated.update(
            (base.module, base.ir.index) for base in info.mro if base.ir is not None and not base.is_stub
        )
    oid = machine.identity(("new", frame.context, frame.module, span, info.module, info.qualname, machine.unrolled()))
    stub_class = info.is_stub
    machine.fresh(state, oid, frame)
    ref = state.add(oid, Object("instance", info))
    for key in [key for key in state.facts if key[0] == oid]:
        del state.facts[key]
    state.pending.pop(oid, None)
    if info.is_module:
        site = machine.site(frame, span)
        machine.created_at[oid] = (site, frame.calls)
        if machine.linker.overrides_train(info):
            machine.overriding.add(oid)
        state.set_mode(oid, Mode(train=Cause("created", site, frame.calls, text=op.text if op is not None else info.name)))
    results = _initialise(machine, state, ref, info, arguments, frame, span, op)
    for end, _ in results:
        if info.is_module and (not stub_class or info.reads_training is None):
            machine.linker.mark_sensitive(end, oid, info)
        if info.is_module and models.is_inert(machine, end, oid):
            end.modes.pop(oid, None)
        if machine.probing_dropout and info.is_stub and not frame.is_stub and frame.in_forward:
            if any(kind == "dropout" for kind, _ in end.heap[oid].sensitive):
                machine.log.event(
                    FunctionalDropout(
                        machine.site(frame, span), op.text if op else info.name, "built", machine.enclosing_class(frame)
                    )
                )
    return results


def _initialise(
    machine: Machine,
    state: State,
    ref: Ref,
    info: ClassInfo,
    arguments: Arguments,
    frame: Frame,
    span: Span,
    op: ops.Call | None,
) -> list[Returned]:
    found = info.lookup("__init__")
    if found is not None and type(found[0]) is Function:
        ends = [end for end, _ in call_function(machine, state, found[0], arguments.behind(ref), frame, span, op)]
        return [(end, ref) for end in ends]
    if info.fields:
        obj = state.write(ref.oid)
        positional = list(arguments.positional)
        for name, _, has_default in info.fields:
            value = arguments.keywords.get(name)
            if value is None and positional:
                value = positional.pop(0)
            if value is None and has_default:
                default = info.attributes.get(name)
                value = default if type(default) in (Const, Tuple) else None
            obj.attributes[name] = value if value is not None else Data(("attribute", ("object", ref.oid), name))
        post = info.lookup("__post_init__")
        if post is not None:
            return [(end, ref) for end, _ in call_value(machine, state, post[0], Arguments((ref,), {}, None), frame, span)]
    elif info.unresolved_base:
        models.doubt(
            machine, state, tuple(oid for value in arguments.all() for oid in models.module_ids(machine, state, value))
        )
    return [(state, ref)]


def _call_native(
    machine: Machine, state: State, name: str, arguments: Arguments, frame: Frame, span: Span, op: ops.Call | None
) -> list[Returned]:
    key: Key = ("native", name, frame.module, span, frame.context)
    if name.startswith("modelint_stub."):
        return intrinsics.call(machine, state, name[14:], arguments, frame, key, span)
    if name == "exec" and frame.ir.index == 0:
        _doubt_globals(machine, state, frame)
    if name == "getattr":
        return _getattr(machine, state, arguments, frame, span)
    if name == "setattr":
        if len(arguments.positional) == 3 and type(arguments.positional[1]) is Const:
            attributes.set_attribute(
                machine,
                state,
                arguments.positional[0],
                str(arguments.positional[1].value),
                arguments.positional[2],
                frame,
                span,
            )
        elif len(arguments.positional) == 3:
            owner, _, value = arguments.positional
            attributes.set_attribute(machine, state, owner, f"<{machine.identity(key)}>", value, frame, span)
        return [(state, NOTHING)]
    if name in ("map", "filter") and len(arguments.positional) >= 2:
        return _map(machine, state, name, arguments, frame, span, key)
    if (
        name in ("iter", "list", "tuple", "next", "sorted", "set", "dict", "enumerate", "zip", "reversed")
        and arguments.positional
    ):
        obj = state.heap.get(arguments.positional[0].oid) if type(arguments.positional[0]) is Ref else None
        iterator = obj.cls.lookup("__iter__") if obj is not None and obj.cls is not None else None
        if obj is not None and iterator is not None and "_modules" not in obj.attributes:
            results = call_value(machine, state, iterator[0], Arguments((arguments.positional[0],), {}, None), frame, span)
            return [
                (
                    end,
                    natives.FUNCTIONS[name](
                        machine, end, Arguments((value, *arguments.positional[1:]), arguments.keywords, None), frame, key
                    )
                    or UNKNOWN,
                )
                for end, value in results
            ]
        if type(arguments.positional[0]) is Generator:
            return [
                (
                    end,
                    natives.FUNCTIONS[name](
                        machine, end, Arguments((value, *arguments.positional[1:]), arguments.keywords, None), frame, key
                    )
                    or UNKNOWN,
                )
                for end, value in consume(machine, state, arguments.positional[0], frame, span)
            ]
    function = natives.FUNCTIONS.get(name)
    result = function(machine, state, arguments, frame, key) if function is not None else None
    if result is None:
        return forwards.call_unresolved(machine, state, External(f"builtins.{name}"), arguments, frame, span, op)
    return [(state, result)]


def _doubt_globals(machine: Machine, state: State, frame: Frame) -> None:
    """Code that is not known was run in the module: its constants may be others now."""
    oid = machine.identity(("namespace", frame.module))
    namespace = state.write(oid)
    namespace.attributes = {
        name: Data(("global", frame.module, name)) if isinstance(value, Const) and not str(name).startswith("__") else value
        for name, value in namespace.attributes.items()
    }


def _getattr(machine: Machine, state: State, arguments: Arguments, frame: Frame, span: Span) -> list[Returned]:
    if len(arguments.positional) >= 2 and type(arguments.positional[1]) is Const:
        owner, name = arguments.positional[0], str(arguments.positional[1].value)
        results = attributes.get_attribute(machine, state, owner, name, frame, span)
        if len(arguments.positional) > 2 and type(owner) in (Data, Ref) and len(results) == 1 and type(results[0][1]) is Data:
            return [(results[0][0], results[0][1])]
        return results
    return [(state, provenance(arguments.positional[:1]))]


def _map(machine: Machine, state: State, name: str, arguments: Arguments, frame: Frame, span: Span, key: Key) -> list[Returned]:
    function, *sources = arguments.positional
    if name == "filter":
        return [(state, natives.FUNCTIONS["list"](machine, state, Arguments((sources[0],), {}, None), frame, key) or UNKNOWN)]
    elements = containers.known_elements(machine, state, sources[0])
    results: list[Returned] = []
    if elements is None:
        one = containers.element(machine, state, sources[0])
        for end, value in call_value(machine, state, function, Arguments((one,), {}, None), frame, span):
            results.append((end, containers.new_list(machine, end, None, key, value)))
        return results
    states: list[tuple[State, tuple[Value, ...]]] = [(state, ())]
    for each in elements:
        states = [
            (end, (*done, value))
            for at, done in states
            for end, value in call_value(machine, at, function, Arguments((each,), {}, None), frame, span)
        ][:FORKS]
    return [(end, containers.new_list(machine, end, values, key)) for end, values in states]


def natives_external(
    machine: Machine, state: State, name: str, arguments: Arguments, frame: Frame, span: Span
) -> list[Returned] | None:
    """The few functions of the standard library that matter to where values go."""
    if name == "functools.partial" and arguments.positional:
        return [(state, Partial(arguments.positional[0], arguments.positional[1:], tuple(arguments.keywords.items())))]
    if name in ("functools.wraps", "functools.update_wrapper"):
        return [(state, Native("iter"))]
    if name == "inspect.isgeneratorfunction" and arguments.positional:
        functions = [each for each in options(arguments.positional[0]) if type(each) is Function]
        return [(state, constant(any(each.ir.is_generator for each in functions)))]
    if name in ("copy.deepcopy", "copy.copy") and arguments.positional:
        return [(state, intrinsics.copy_value(machine, state, arguments.positional[0], frame, span))]
    if name in ("contextlib.nullcontext", "nullcontext"):
        return [(state, UNKNOWN if not arguments.positional else arguments.positional[0])]
    if name in ("itertools.chain", "itertools.chain.from_iterable", "itertools.islice", "itertools.cycle", "itertools.tee"):
        values = (
            [containers.element(machine, state, v) for v in arguments.positional]
            if name == "itertools.chain"
            else list(arguments.positional[:1])
        )
        key: Key = ("chain", frame.module, span, frame.context)
        if name == "itertools.chain" and values:
            if all(type(v) is Data for v in values):
                return [(state, provenance((*arguments.positional, *values)))]
            return [(state, containers.new_list(machine, state, None, key, choice(values)))]
        return [(state, values[0] if values else UNKNOWN)]
    if name in ("collections.OrderedDict", "collections.defaultdict"):
        positional = arguments.positional if name.endswith("OrderedDict") else arguments.positional[1:]
        value = natives.FUNCTIONS["dict"](
            machine,
            state,
            Arguments(positional, arguments.keywords, arguments.rest),
            frame,
            ("dict", frame.module, span, frame.context),
        )
        return [(state, value or UNKNOWN)]
    if name in (
        "builtins.input",
        "tqdm.tqdm",
        "tqdm.auto.tqdm",
        "tqdm.notebook.tqdm",
        "tqdm.trange",
        "tqdm.auto.trange",
        "rich.progress.track",
    ):
        if name.endswith("trange"):
            return _call_native(machine, state, "range", arguments, frame, span, None)
        return [(state, arguments.first() if arguments.positional or "iterable" in arguments.keywords else UNKNOWN)]
    if name == "sys.exit" or name == "os._exit" or name in ("builtins.exit", "builtins.quit"):
        return []
    return None
