"""Classes: made by `class` statements, and called to make instances."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from modelint.events import Cause
from modelint.interpreter import calls, dropouts, layers, models, modes, records
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.frame import Exits, Frame
from modelint.interpreter.heap import Object
from modelint.interpreter.state import Mode, Returned, State
from modelint.interpreter.values import Class, ClassInfo, Const, Data, Function, Key, Ref, Tuple
from modelint.ir import ops
from modelint.ir.module import FunctionIR
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


def make_class(machine: Machine, op: ops.MakeClass, state: State, frame: Frame) -> list[Returned]:
    """The class, in each state that its body ends in. Where the body does not end, the class is there all the same: a module whose names
    are all lost would say nothing."""
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
    info.is_tuple = any(base.is_tuple for base in info.mro[1:]) or any(b.endswith("NamedTuple") for b in ir.bases)
    body_ir = FunctionIR(-1, ir.name, ir.qualname, (), ir.cells, ir.body, (), (), ir.span, ir.header)
    body = Frame(body_ir, frame.module, is_stub=frame.is_stub, concrete=frame.concrete)
    body.owner, body.cells, body.calls, body.site, body.depth = info, frame.cells, frame.calls, frame.site, frame.depth
    body.context = machine.identity(("class", frame.context, frame.module, ir.index))
    variables, stack = state.locals, state.stack
    state.push({})
    body.level = len(state.stack)
    machine.enter_cells(state, body_ir, body)
    ends = machine.run_block(ir.body, [state], body, Exits())
    for end in ends[:1]:
        info.attributes.update({str(name): value for name, value in end.locals.items() if type(name) is str})
    for end in ends:
        end.pop()
    if not ends:
        state.locals, state.stack = variables, stack
    return [(end, Class(info)) for end in ends or [state]]


def instantiate(
    machine: Machine, state: State, cls: Class, arguments: Arguments, frame: Frame, span: Span, op: ops.Call | None = None
) -> list[Returned]:
    info = cls.info
    if info.ir is not None and not info.is_stub:
        # A class made by a program shows what its bases do; one made by its client may do it in another way, or come to no end.
        shown = info.mro if frame.concrete else (info,)
        machine.instantiated.update((base.module, base.ir.index) for base in shown if base.ir is not None and not base.is_stub)
    entries = records.typed_dict(machine, state, info, arguments, frame, span)
    if entries is not None:
        return [(state, entries)]
    place = (frame.context, frame.module, span, machine.unrolled())
    oid = machine.identity(("new", *place, info.module, info.qualname))
    stub_class = info.is_stub
    for earlier in machine.made_at.setdefault(place, {oid: None}):
        machine.fresh(state, earlier, frame)
    machine.made_at[place][oid] = None
    ref = state.add(oid, Object("instance", info))
    for key in [key for key in state.facts if key[0] == oid]:
        del state.facts[key]
    state.pending.pop(oid, None)
    if info.is_module:
        site = machine.site(frame, span)
        machine.created_at[oid] = (site, frame.calls)
        if op is not None:
            machine.made.setdefault(info, (*frame.calls, site))
        if machine.linker.overrides_train(info):
            machine.overriding.add(oid)
        state.set_mode(oid, Mode(train=Cause("created", site, frame.calls, text=op.text if op is not None else info.name)))
    initialise = partial(_initialise, machine, state, ref, info, arguments, frame, span, op)
    if not info.is_module or info.is_stub or machine.is_constructing:
        results = initialise()
    else:
        unfinished = state.fork()
        was_exhausted, machine.exhausted = machine.exhausted, False
        results = machine.construct(initialise)
        if machine.exhausted and not results:
            layers.add(machine, unfinished, oid, "unknown")
            results = [(unfinished, ref)]
        machine.exhausted = machine.exhausted or was_exhausted
    for end, _ in results:
        if info.is_module and (not stub_class or info.reads_training is None):
            machine.linker.mark_sensitive(end, oid, info)
        if info.is_module and models.is_inert(machine, end, oid):
            end.modes.pop(oid, None)
        if machine.active_dropouts is not None and info.is_stub and not frame.is_stub and frame.in_forward:
            if any(kind == "dropout" for kind, _ in end.heap[oid].sensitive):
                text = op.text if op else info.name
                dropouts.note(machine, end, machine.site(frame, span), text, "built", frame)
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
        ends = [end for end, _ in calls.call_function(machine, state, found[0], arguments.behind(ref), frame, span, op)]
        return [(end, ref) for end in ends]
    if info.fields:
        _set_fields(state, ref, info, arguments)
        post = info.lookup("__post_init__")
        if post is not None:
            ends = [end for end, _ in calls.call_value(machine, state, post[0], Arguments((ref,), {}, None), frame, span)]
            return [(end, ref) for end in ends]
    elif info.unresolved_base:
        modes.doubt(machine, state, tuple(oid for value in arguments.all() for oid in models.module_ids(machine, state, value)))
    return [(state, ref)]


def _set_fields(state: State, ref: Ref, info: ClassInfo, arguments: Arguments) -> None:
    """What the `__init__` of a dataclass does."""
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
