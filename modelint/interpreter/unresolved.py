"""Calls that cannot be resolved, and methods of values that are not known: tensors, optimizers and models alike.

Such a call keeps the provenance of everything that it received. A model among that is taken to have been run if the result
reaches a backward; its modes are doubted from then on, and forgotten if the name of the call says that it sets modes.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from modelint.events import Cause
from modelint.interpreter import attributes, calls, models, modes, passes, skipping, steps
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.guards import use_as_plain
from modelint.interpreter.state import Returned, State, deep, merge
from modelint.interpreter.values import (
    NOTHING,
    UNKNOWN,
    Bound,
    Const,
    Data,
    External,
    Function,
    Key,
    ModeValue,
    Partial,
    Ref,
    Tuple,
    Value,
    provenance,
)
from modelint.interpreter.weights import give_weights
from modelint.ir import ops
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine


MODE_WORDS = frozenset(
    "evaluate eval evaluation validate valid validation test testing predict prediction generate infer inference train training fit".split()
)
CLASS_NAME = re.compile(r"[A-Z]\w*[a-z]")
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
PLAIN_ROOTS = frozenset(
    {"numpy", "np", "sklearn", "pandas", "matplotlib", "PIL", "scipy", "json", "wandb", "seaborn", "cv2", "csv"}
)
HARMLESS_ROOTS = frozenset(sys.stdlib_module_names) | PLAIN_ROOTS | {"torch", "tqdm", "builtins", "torchinfo", "torchsummary"}
"""Where calls do not change the mode of a model they receive."""
SAME = frozenset("to cuda cpu xpu half float double bfloat16 type contiguous clone pin_memory detach detach_".split())
"""Methods that give the same numbers, elsewhere or as another type."""
KEEP = (SAME - {"detach", "detach_"}) | frozenset(
    "view reshape squeeze unsqueeze permute transpose flatten mean sum log exp abs requires_grad_".split()
)
CUT = frozenset({"detach", "detach_", "item", "tolist", "numpy"})
PLAIN = frozenset(
    "argmax argmin argsort equal allclose eq ne gt ge lt le isnan isfinite isinf bincount unique nonzero save".split()
)
"""Functions and methods through whose results no gradient goes."""
PROBES = frozenset("size dim numel nelement get_device is_contiguous element_size stride data_ptr".split())
EVIDENCE = frozenset("parameters named_parameters state_dict load_state_dict named_modules modules requires_grad_".split())
"""Methods that a model has, and few other things."""
MODEL_METHODS = (EVIDENCE - {"requires_grad_"}) | {"train", "eval"}
COLLECTORS = frozenset(
    "append update add extend log info write add_scalar add_scalars put insert print debug warning log_dict".split()
)


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
    return _unresolved(machine, state, name, None, receiver, UNKNOWN, arguments, frame, span, op)


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
    if receiver is not None:
        special = method_of_unknown(machine, state, receiver, name, arguments, frame, span, op)
        if special is not None:
            return special
    return _unresolved(machine, state, name, root, receiver, callee, arguments, frame, span, op)


def _unresolved(
    machine: Machine, state: State, name: str, root: str | None, receiver: Value | None, callee: Value, arguments: Arguments, frame: Frame,
    span: Span, op: ops.Call | None,
) -> list[Returned]:  # fmt: skip
    values = deep(state, arguments.all())
    if name in ("backward", "manual_backward"):
        for value in values:
            if provenance((value,)).graph:
                passes.backward(machine, state, value, machine.site(frame, span), frame)
    if name in ("step", "optimizer_step") and receiver is None and state.pending:
        _unknown_step(machine, state, provenance(values), frame, span, op)
    return [
        (each, _result(machine, each, name, root, receiver, callee, values, frame, span, op))
        for each in _call_functions(machine, state, values, arguments, frame, span)
    ]


def _result(
    machine: Machine, state: State, name: str, root: str | None, receiver: Value | None, callee: Value, values: list[Value], frame: Frame,
    span: Span, op: ops.Call | None,
) -> Value:  # fmt: skip
    """What an unresolved call gives: it may have run the models that it received, and changed their modes."""
    harmless = root in HARMLESS_ROOTS
    received = _models_received(machine, state, values, receiver, callee)
    callee = used_as_model(machine, callee)
    numbers = (
        ()
        if harmless or frame.in_forward or _receives_optimizer(machine, state, values)
        else _run_models(machine, state, name, received, receiver, callee, frame, span, op)
    )
    _use(machine, root, name, values, op)
    if received and not harmless and not frame.is_stub:
        modes.doubt(machine, state, received)
        if words_of(name) & MODE_WORDS and not (
            words_of(name) & {"dataset", "loader", "data", "dataloader", "transform", "transforms", "step"}
        ):
            modes.lose(machine, state, received)
    key: Key = ("call", frame.module, span, frame.context)
    models.forget_symbol(machine, state, key)
    if isinstance(callee, External) and not harmless and CLASS_NAME.match(name):
        machine.constructed[key] = Cause(
            "created", machine.site(frame, span), frame.calls, text=op.text if op is not None else name
        )
    base = provenance((*values, callee) if type(callee) is Data else values, key)
    result = passes.output(machine, state, numbers, [base], key)._replace(parameters=base.parameters, objects=base.objects)
    if name in PLAIN:
        machine.log.use(base.data, "plain")
    if root in PLAIN_ROOTS or name in PLAIN:
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


def _run_models(
    machine: Machine, state: State, name: str, received: tuple[int, ...], receiver: Value | None, callee: Value, frame: Frame, span: Span,
    op: ops.Call | None,
) -> tuple[int, ...]:  # fmt: skip
    if name[:1].isupper() or name in EVIDENCE:
        return ()  # a constructor keeps the model for later, and these look at it only
    site = machine.site(frame, span)
    called: set[int] = set()
    if type(callee) is Data and receiver is None:
        symbol = models.symbol_of(machine, state, callee)
        called = set(callee.objects) | ({symbol} if symbol is not None else set())
    text = op.text if op is not None else name
    numbers = []
    for oid in received:
        direct = oid in called
        method = "" if direct else name
        numbers.append(passes.record_forward(machine, state, oid, frame, site, text, method=method, resolved=direct))
    return tuple(numbers)


def _receives_optimizer(machine: Machine, state: State, values: list[Value]) -> bool:
    """Whoever gets a model with its optimizer prepares them or trains: the result is no output that the program goes on with."""
    return any(type(value) is Ref and bool(models.owned_by(machine, state, value.oid)) for value in values)


def used_as_model(machine: Machine, value: Value) -> Value:
    """What is called, switched or asked for parameters is a model and no output: the unresolved call that gave it, and was taken to
    have run the models that it received, ran none."""
    if type(value) is not Data or not value.data or any(machine.log.forwards[number].resolved for number in value.data):
        return value
    machine.log.use(value.data, "model")
    return value._replace(graph=frozenset(), data=frozenset())


def _use(machine: Machine, root: str | None, name: str, values: list[Value], op: ops.Call | None) -> None:
    for value in values:
        source = provenance((value,))
        if not source.data:
            continue
        machine.log.use(source.data, "used")
        if root in PLAIN_ROOTS or (op is not None and op.statement and name in COLLECTORS):
            machine.log.use(source.data, "plain")
        elif op is not None and op.statement and source.graph:
            machine.log.use(source.graph, "escaped")


def _call_functions(
    machine: Machine, state: State, values: list[Value], arguments: Arguments, frame: Frame, span: Span
) -> list[State]:
    """A function handed to something unresolved is called there, with what `args=` gives or with unknown arguments."""
    states = [state]
    for value in values:
        function = value.function if type(value) is Bound else value
        if type(function) is Partial:
            function = function.function
        if type(function) is not Function or machine.linker.is_stub(function.module) or frame.depth > 12:
            continue
        given = arguments.keywords.get("args")
        positional = given.items if type(given) is Tuple else ()
        skipped = len(function.ir.parameters) - len(positional) - (1 if type(value) is Bound else 0)
        if positional and skipped > 0:
            positional = (*([UNKNOWN] * skipped), *positional)
        handed = Arguments(tuple(positional), {}, None)
        # In states of their own: where it never comes back, the unresolved call still does.
        ends = [end for each in states for end, _ in calls.call_value(machine, each.fork(), value, handed, frame, span)]
        states = merge(ends) or states
    return states


# ------------------------------------------------------------------ methods of unknown values
def method_of_unknown(
    machine: Machine,
    state: State,
    receiver: Value,
    name: str,
    arguments: Arguments,
    frame: Frame,
    span: Span,
    op: ops.Call | None,
) -> list[Returned] | None:
    if name in MODEL_METHODS:
        receiver = used_as_model(machine, receiver)
    data = receiver if type(receiver) is Data else provenance((receiver,))
    if name.endswith("_") and name != "requires_grad_":
        for oid in data.parameters:
            machine.log.note(oid, "written")
    if name == "backward":
        passes.backward(machine, state, data, machine.site(frame, span), frame)
        return [(state, NOTHING)]
    if data.parameters and not data.data and name in SAME | KEEP and name != "requires_grad_":
        return [(state, data if name in SAME else data._replace(key=None))]
    if name in CUT or (name in PLAIN and data.data):
        if name != "detach":
            use_as_plain(machine, data)
        return [(state, Data(None, data=data.data, objects=data.objects))]
    if name in PROBES:
        return [(state, UNKNOWN)]
    if name in ("train", "eval"):
        return _mode_call(machine, state, receiver, name, arguments, frame, span, op)
    if name == "step":
        if state.pending:
            _unknown_step(machine, state, data, frame, span, op)
        return [(state, UNKNOWN)] if not _closure(arguments) else None
    if name == "zero_grad":
        owned = _owned(machine, state, data)
        steps.clear_gradients(machine, state, owned)
        return [(state, NOTHING)]
    if data.data:
        return [(state, data._replace(key=None))] if name in KEEP else None
    if name in KEEP and name != "requires_grad_":
        return [(state, receiver)]
    return _module_method(machine, state, receiver, name, arguments, frame, span)


def _closure(arguments: Arguments) -> bool:
    return any(type(value) in (Function, Bound) for value in arguments.all())


def _owned(machine: Machine, state: State, data: Data) -> frozenset[int] | None:
    """What an optimizer of an unresolved class owns: the models it was made of."""
    owned = data.parameters | frozenset(oid for oid in data.objects if models.is_module(state, oid))
    for oid in data.objects:
        owned |= steps.owned_by(machine, state, oid)
    return owned or None


def _unknown_step(machine: Machine, state: State, data: Data, frame: Frame, span: Span, op: ops.Call | None) -> None:
    """`step()` of something unresolved. What was made of a model or its parameters owns them; otherwise it may own all that
    no known optimizer does. A scheduler steps too, and says so in its name."""
    if op is not None and re.search(r"sched|warmup|lr_|profil|progress|timer", op.text, re.IGNORECASE):
        return
    owned = _owned(machine, state, data)
    if owned is None:
        known = [value for (_, what), value in state.facts.items() if what == "owns" and isinstance(value, frozenset)]
        if any(steps.related(machine, state, each) & set(state.pending) for each in known):
            return
    steps.step(machine, state, owned, machine.site(frame, span), frame)


def _mode_call(
    machine: Machine,
    state: State,
    receiver: Value,
    name: str,
    arguments: Arguments,
    frame: Frame,
    span: Span,
    op: ops.Call | None,
) -> list[Returned] | None:
    """`x.train()` or `x.eval()` of something unknown: a mode call if it is called like one, else evidence that it is no model."""
    flags = arguments.all()
    if len(flags) > 1 or (name == "eval" and flags):
        return None
    symbol = _symbol(machine, state, receiver)
    if symbol is None:
        return None
    if flags and type(flags[0]) not in (Const, ModeValue, Data):
        machine.log.note(symbol, "no model")
        return None
    if type(receiver) is Data and receiver.objects and any(models.is_module(state, oid) for oid in receiver.objects):
        modes.lose(machine, state, tuple(oid for oid in receiver.objects if models.is_module(state, oid)))
    root = machine.linker.root_module
    function = root.attributes.get(name) if root is not None else None
    if type(function) is not Function:
        return None
    ends = calls.call_function(machine, state, function, arguments.behind(Ref(symbol)), frame, span, op)
    return [(end, receiver) for end, _ in ends]


def _symbol(machine: Machine, state: State, receiver: Value) -> int | None:
    if type(receiver) is Ref:
        return receiver.oid
    if type(receiver) is Data and not receiver.data:
        return models.promote(machine, state, receiver)
    return None


def _module_method(
    machine: Machine, state: State, receiver: Value, name: str, arguments: Arguments, frame: Frame, span: Span
) -> list[Returned] | None:
    if name not in EVIDENCE:
        return None
    symbol = _symbol(machine, state, receiver)
    if symbol is None:
        return None
    owners = frozenset({symbol}) | (
        frozenset(o for o in receiver.objects if models.is_module(state, o)) if type(receiver) is Data else frozenset()
    )
    if name in ("parameters", "named_parameters"):
        machine.log.note(symbol, "parameters")
        values = Data(parameters=owners)
        return [(state, values if name == "parameters" else Tuple((UNKNOWN, values)) if False else values)]
    if name == "state_dict":
        machine.log.note(symbol, "state_dict")
        return [(state, UNKNOWN)]
    if name == "load_state_dict":
        machine.log.note(symbol, "state_dict")
        give_weights(machine, state, symbol, "loaded", frame, "load_state_dict", machine.site(frame, span))
        return [(state, UNKNOWN)]
    if name == "requires_grad_":
        attributes.freeze(machine, state, symbol, arguments.first() if arguments.all() else Const(True, bool))
        return [(state, receiver)]
    return None
