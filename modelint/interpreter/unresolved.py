"""Calls that cannot be resolved.

Such a call keeps the provenance of everything that it received. A model among that is taken to have been run if the result
reaches a backward; its modes are doubted from then on, and forgotten if the name of the call says that it sets modes.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from modelint.events import Cause
from modelint.interpreter import calls, models, modes, passes, skipping, steps, unknown_methods
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.joins import merge
from modelint.interpreter.state import Returned, State, deep
from modelint.interpreter.values import (
    NOTHING,
    UNKNOWN,
    Bound,
    Const,
    Data,
    External,
    Function,
    Key,
    Partial,
    Ref,
    Tuple,
    Value,
    provenance,
)
from modelint.ir import ops
from modelint.program.classes import TENSOR_MEMBERS
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine


MODE_WORDS = frozenset(
    "evaluate eval evaluation validate valid validation test testing predict prediction generate infer inference train training fit".split()
)
NO_MODE_WORDS = frozenset({"dataset", "loader", "data", "dataloader", "transform", "transforms", "step"})
"""Where the name has one of these too, the others say nothing about the mode."""
CLASS_NAME = re.compile(r"[A-Z]\w*[a-z]")
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
PLAIN_ROOTS = frozenset(
    {"numpy", "np", "sklearn", "pandas", "matplotlib", "PIL", "scipy", "json", "wandb", "seaborn", "cv2", "csv"}
)
LOOKING_ROOTS = frozenset("inspect logging pickle types typing warnings".split())
"""Libraries that call no function that they are given."""
EVALUATION_WORDS = frozenset(
    "evaluate eval evaluation validate validation val valid test testing predict prediction infer inference generate score".split()
)
"""What a function that evaluates says in its name."""
HARMLESS_ROOTS = frozenset(sys.stdlib_module_names) | PLAIN_ROOTS | {"torch", "tqdm", "builtins", "torchinfo", "torchsummary"}
"""Where calls do not change the mode of a model they receive."""
PLAIN = frozenset(
    "argmax argmin argsort equal allclose eq ne gt ge lt le isnan isfinite isinf bincount unique nonzero save".split()
)
"""Functions and methods through whose results no gradient goes."""
COLLECTORS = frozenset(
    "append update add extend log info write add_scalar add_scalars put insert print debug warning log_dict".split()
)


@dataclass(frozen=True, slots=True)
class Call:
    """A call that cannot be resolved. `callee` is what is called and `name` its own name; `root`: the library that it is known to come
    from; `receiver`: what it is a method of."""

    name: str
    root: str | None
    receiver: Value | None
    callee: Value
    arguments: Arguments
    frame: Frame
    span: Span
    op: ops.Call | None

    @property
    def text(self) -> str:
        """How the code names what it calls."""
        return self.op.text if self.op is not None else self.name

    @property
    def is_harmless(self) -> bool:
        """It does not change the mode of a model that it receives."""
        return self.root in HARMLESS_ROOTS

    @property
    def key(self) -> Key:
        return ("call", self.frame.module, self.span, self.frame.context)


def words_of(name: str) -> set[str]:
    return {word.lower() for word in WORD.findall(name)}


def unknown_result(machine: Machine, state: State, arguments: Arguments, frame: Frame, span: Span) -> Data:
    key: Key = ("call", frame.module, span, frame.context)
    models.forget_symbol(machine, state, key)
    return provenance(deep(state, arguments.all()), key)


def cut_short(machine: Machine, state: State, function: Function, arguments: Arguments, frame: Frame, span: Span) -> Data:
    """A call that a budget does not allow to follow: what it might have done to the modes is unknown."""
    if not skipping.can_skip(machine, state, function, arguments):
        modes.lose(machine, state, _models_received(machine, state, deep(state, arguments.all()), None, function))
    return unknown_result(machine, state, arguments, frame, span)


def call_method_unresolved(
    machine: Machine,
    state: State,
    receiver: Value,
    name: str,
    arguments: Arguments,
    frame: Frame,
    span: Span,
    op: ops.Call | None,
) -> list[Returned]:
    """A method of something known that is not resolved, or `super().method(...)` of such a base."""
    if name in ("__init__", "__init_subclass__", "__new__"):
        return [(state, NOTHING)]
    return _run(machine, state, Call(name, None, receiver, UNKNOWN, arguments, frame, span, op))


def call_unresolved(
    machine: Machine, state: State, callee: Value, arguments: Arguments, frame: Frame, span: Span, op: ops.Call | None
) -> list[Returned]:
    name, root, receiver = "", None, None
    if type(callee) is External:
        root, _, _ = callee.name.partition(".")
        name = callee.name.rpartition(".")[2]
    elif op is not None:
        name = op.text.rpartition(".")[2]
        memo = state.locals.get(-1 - op.function)
        if type(memo) is Tuple and memo.items[1] == callee:
            receiver = memo.items[0]
            name = str(memo.items[2].value) if type(memo.items[2]) is Const else name
    call = Call(name, root, receiver, callee, arguments, frame, span, op)
    if receiver is not None:
        special = unknown_methods.call_method(machine, state, receiver, call)
        if special is not None:
            return special
    return _run(machine, state, call)


def _run(machine: Machine, state: State, call: Call) -> list[Returned]:
    values = deep(state, call.arguments.all())
    if call.name in ("backward", "manual_backward"):
        for value in values:
            if provenance((value,)).graph:
                passes.backward(machine, state, value, machine.site(call.frame, call.span), call.frame)
    if call.name in ("step", "optimizer_step") and call.receiver is None and state.pending:
        unknown_methods.step(machine, state, provenance(values), call)
    return [(each, _result(machine, each, call, values)) for each in _call_functions(machine, state, call, values)]


def _result(machine: Machine, state: State, call: Call, values: list[Value]) -> Value:
    """What an unresolved call gives: it may have run the models that it received, and changed their modes."""
    received = _models_received(machine, state, values, call.receiver, call.callee)
    call = replace(call, callee=used_as_model(machine, call.callee))
    runs = not (call.is_harmless or call.frame.in_forward or _receives_optimizer(machine, state, values))
    numbers = _run_models(machine, state, call, received, values) if runs else ()
    _use(machine, call, values)
    if received and not call.is_harmless and not call.frame.is_stub:
        modes.doubt(machine, state, received)
        words = words_of(call.name)
        if words & MODE_WORDS and not words & NO_MODE_WORDS:
            modes.lose(machine, state, received)
    models.forget_symbol(machine, state, call.key)
    if call.is_harmless:
        machine.insensitive.add(call.key)
    elif isinstance(call.callee, External) and CLASS_NAME.match(call.name):
        site = machine.site(call.frame, call.span)
        machine.constructed[call.key] = Cause("created", site, call.frame.calls, text=call.text)
    base = provenance((*values, call.callee) if type(call.callee) is Data else values, call.key)
    result = passes.output(machine, state, numbers, [base], call.key)
    result = result._replace(parameters=base.parameters, objects=base.objects)
    if call.name in PLAIN:
        machine.log.use(base.data, "plain")
    if call.root in PLAIN_ROOTS or call.name in PLAIN:
        result = result._replace(graph=frozenset())
    return result


def _models_received(
    machine: Machine, state: State, values: list[Value], receiver: Value | None, callee: Value
) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for value in (*values, *((receiver,) if receiver is not None else ())):
        for oid in models.module_ids(machine, state, value):
            found[oid] = None
        if type(value) is Data:
            found.update(dict.fromkeys(oid for oid in value.objects if models.is_module(state, oid)))
        if type(value) is Ref:
            found.update(dict.fromkeys(_held_by(machine, state, value)))
    if type(callee) is Data:
        found.update(dict.fromkeys(oid for oid in callee.objects if models.is_module(state, oid)))
        symbol = models.symbol_of(machine, state, callee)
        if symbol is not None and machine.log.evidence.get(symbol):
            found[symbol] = None
    return tuple(found)


def _held_by(machine: Machine, state: State, value: Ref) -> list[int]:
    """The models that a plain object has in its attributes."""
    obj = state.heap.get(value.oid)
    if obj is None or obj.kind != "instance" or models.is_module(state, value.oid):
        return []
    return [oid for attribute in obj.attributes.values() for oid in models.module_ids(machine, state, attribute)]


def _run_models(machine: Machine, state: State, call: Call, received: tuple[int, ...], values: list[Value]) -> tuple[int, ...]:
    if call.name[:1].isupper() or call.name in unknown_methods.EVIDENCE:
        return ()  # a constructor keeps the model for later, and these look at it only
    if call.receiver is not None and call.name.startswith("get_") and not call.arguments.all():
        return ()  # a part of the model, or something that it is made of
    if call.name in TENSOR_MEMBERS and not _is_used_as_model(machine, state, call.receiver):
        return ()
    site = machine.site(call.frame, call.span)
    called = _called(machine, state, call.callee) if type(call.callee) is Data and call.receiver is None else frozenset()
    inside = _inside(call) if call.frame.is_stub else frozenset()
    numbers = []
    for oid in received:
        if oid in inside:
            continue
        direct = oid in called
        if direct:
            _prepared_for(machine, oid, values)
        method = "" if direct else call.name
        numbers.append(passes.record_forward(machine, state, oid, call.frame, site, call.text, method=method, resolved=direct))
    return tuple(numbers)


def _is_used_as_model(machine: Machine, state: State, value: Value | None) -> bool:
    """Whether it is a model that is known, or something unknown that was treated as one."""
    if type(value) is not Data:
        return value is not None
    symbol = models.symbol_of(machine, state, value)
    return symbol is not None and bool(machine.log.evidence.get(symbol))


def _inside(call: Call) -> frozenset[int]:
    """The models inside an unresolved object whose method a library calls, as a trainer does: what that does with them is not known."""
    return frozenset().union(*(value.objects for value in (call.receiver, call.callee) if type(value) is Data))


def _called(machine: Machine, state: State, callee: Data) -> frozenset[int]:
    """What runs when an unknown value is called: the value itself, and what it was made of. An object of an unresolved class that holds
    a model and is never used like one may do anything with it."""
    symbol = models.symbol_of(machine, state, callee)
    itself = frozenset() if symbol is None else frozenset({symbol})
    if callee.key in machine.constructed and not (symbol is not None and machine.log.evidence.get(symbol)):
        return itself
    return itself | callee.objects


def _prepared_for(machine: Machine, oid: int, values: list[Value]) -> None:
    """What methods of a model gave before goes into its forward, as an initial hidden state does: they were none."""
    before = (machine.log.forwards[number] for number in provenance(values).data)
    machine.log.use(frozenset(each.number for each in before if each.oid == oid and not each.resolved), "prepares")


def _receives_optimizer(machine: Machine, state: State, values: list[Value]) -> bool:
    """Whoever gets a model with its optimizer prepares them or trains: the result is no output that the program goes on with."""
    return any(type(value) is Ref and bool(steps.owned_by(machine, state, value.oid)) for value in values)


def used_as_model(machine: Machine, value: Value) -> Value:
    """What is called, switched or asked for parameters is a model and no output: the unresolved call that gave it, and was taken to
    have run the models that it received, ran none."""
    if type(value) is not Data or not value.data or any(machine.log.forwards[number].resolved for number in value.data):
        return value
    machine.log.use(value.data, "prepares")
    return value._replace(graph=frozenset(), data=frozenset())


def _use(machine: Machine, call: Call, values: list[Value]) -> None:
    statement = call.op is not None and call.op.statement
    for value in values:
        source = provenance((value,))
        if not source.data:
            continue
        machine.log.use(source.data, "used")
        if call.root in PLAIN_ROOTS or (statement and call.name in COLLECTORS):
            machine.log.use(source.data, "plain")
        elif statement and source.graph:
            machine.log.use(source.graph, "escaped")


def _call_functions(machine: Machine, state: State, call: Call, values: list[Value]) -> list[State]:
    """A function handed to something unresolved is called there, with what `args=` gives or with unknown arguments."""
    if call.root in LOOKING_ROOTS:
        return [state]
    states = [state]
    for value in values:
        function = value.function if type(value) is Bound else value
        if type(function) is Partial:
            function = function.function
        if type(function) is not Function or machine.linker.is_stub(function.module) or call.frame.depth > 12:
            continue
        given = call.arguments.keywords.get("args")
        positional = given.items if type(given) is Tuple else ()
        skipped = len(function.ir.parameters) - len(positional) - (1 if type(value) is Bound else 0)
        if positional and skipped > 0:
            positional = (*([UNKNOWN] * skipped), *positional)
        handed = Arguments(tuple(positional), {}, None)
        # In states of their own: where it never comes back, the unresolved call still does.
        ends = [
            end for each in states for end, _ in calls.call_value(machine, each.fork(), value, handed, call.frame, call.span)
        ]
        states = merge(ends) or states
    return states
