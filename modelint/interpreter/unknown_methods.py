"""Methods of values that are not known: tensors, optimizers and models alike.

A method that some tensor, optimizer or module has is taken for that method; every other one is an unresolved call.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from modelint.interpreter import calls, containers, dropouts, models, modes, passes, steps, unresolved
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.guards import use_as_plain
from modelint.interpreter.state import Returned, State
from modelint.interpreter.values import (
    NOTHING,
    UNKNOWN,
    Bound,
    Const,
    Data,
    Function,
    ModeValue,
    Ref,
    Tuple,
    Value,
    constant,
    provenance,
)
from modelint.interpreter.weights import freeze, give_weights, write_parameters

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine
    from modelint.interpreter.unresolved import Call


MOVES = frozenset("to cuda cpu xpu half float double bfloat16 type".split())
"""What both tensors and models have: the same, elsewhere or as another type."""
SAME = MOVES | frozenset("contiguous clone pin_memory detach detach_".split())
"""Methods that give the same numbers, elsewhere or as another type."""
KEEP = (SAME - {"detach", "detach_"}) | frozenset(
    "view reshape squeeze unsqueeze permute transpose flatten mean sum log exp abs requires_grad_".split()
)
CPU = constant("cpu")
CUT = frozenset({"detach", "detach_", "item", "tolist", "numpy"})
PROBES = frozenset("keys size dim numel nelement get_device is_contiguous element_size stride data_ptr".split())
EVIDENCE = frozenset("parameters named_parameters state_dict load_state_dict named_modules modules requires_grad_".split())
"""Methods that a model has, and few other things."""
MODEL_METHODS = (EVIDENCE - {"requires_grad_"}) | {"train", "eval"}
STEP_ARGUMENTS = 2
"""What an optimizer, or a scaler of gradients, is given at most to step."""
NO_OPTIMIZER = re.compile(r"sched|warmup|lr_|profil|progress|timer|(^|[._])envs?\d*[._]|environment", re.IGNORECASE)


def call_method(machine: Machine, state: State, receiver: Value, call: Call) -> list[Returned] | None:
    """What the method gives; None if nothing is known of one with this name."""
    name = call.name
    if name in MODEL_METHODS:
        receiver = unresolved.used_as_model(machine, receiver)
    data = receiver if type(receiver) is Data else provenance((receiver,))
    if name.endswith("_") and name != "requires_grad_":
        where, written = machine.site(call.frame, call.span), provenance(call.arguments.all())
        steps.update(machine, state, data, written, where, call.frame)
        write_parameters(machine, state, data.parameters, written, where, call.frame)
        _write_in_place(machine, state, data, call)
    made = dropouts.method(machine, state, receiver, call) if machine.active_dropouts is not None else None
    if made is not None:
        return [(state, made)]
    if name == "backward":
        passes.backward(machine, state, data, machine.site(call.frame, call.span), call.frame)
        return [(state, NOTHING)]
    if data.parameters and not data.data and name in SAME | KEEP and name != "requires_grad_":
        return [(state, data if name in SAME else data._replace(key=None))]
    if name in CUT or (name in unresolved.PLAIN and data.data):
        if name != "detach":
            use_as_plain(machine, data)
        # Whoever trains a tensor that was cut off does not train what it was computed with.
        objects = frozenset() if name in ("detach", "detach_") else data.objects
        return [(state, Data(None, data=data.data, objects=objects))]
    if name in PROBES:
        return [(state, UNKNOWN)]
    if name == "items" and data.data:
        pair = Tuple((UNKNOWN, data._replace(key=None)))
        return [(state, containers.new_list(machine, state, None, ("items", call.frame.module, call.span), rest=pair))]
    if name in ("train", "eval"):
        return _switch(machine, state, receiver, call)
    if name == "step":
        if state.pending:
            step(machine, state, data, call)
        return [(state, UNKNOWN)] if not _closure(call.arguments) else None
    if name == "zero_grad":
        steps.clear_gradients(machine, state, _owned(machine, state, data))
        return [(state, NOTHING)]
    if data.data:
        if name == "cpu" or (name == "to" and call.arguments.first() == CPU):
            machine.log.use(data.data, "fetched")
        if name in MOVES:
            return [(state, data)]  # which may turn out to be a model that some function made of others
        return [(state, data._replace(key=None))] if name in KEEP else None
    if name in KEEP and name != "requires_grad_":
        return [(state, receiver)]
    return _module_method(machine, state, receiver, call)


def _write_in_place(machine: Machine, state: State, receiver: Data, call: Call) -> None:
    """What is written into a tensor, or into a view of it, is in every variable that holds the tensor."""
    written = provenance(call.arguments.all())
    if not written.data or receiver.key is None:
        return
    result = provenance((receiver, written), receiver.key)
    for name in [name for name, value in state.locals.items() if value == receiver]:
        state.locals[name] = result
    oid = machine.identity(("namespace", call.frame.module))
    space = state.heap.get(oid)
    for held in [held for held, value in space.attributes.items() if value == receiver] if space is not None else ():
        state.write(oid).attributes[held] = result


def _closure(arguments: Arguments) -> bool:
    return any(type(value) in (Function, Bound) for value in arguments.all())


def _owned(machine: Machine, state: State, data: Data) -> frozenset[int] | None:
    """What an optimizer of an unresolved class owns: the models it was made of."""
    owned = data.parameters | frozenset(oid for oid in data.objects if models.is_module(state, oid))
    for oid in data.objects:
        owned |= steps.owned_by(machine, state, oid)
    return owned or None


def step(machine: Machine, state: State, data: Data, call: Call) -> None:
    """`step()` of something unresolved. What was made of a model or its parameters owns them; otherwise it may own all that
    no known optimizer does; what is given an optimizer steps it, as a scaler of gradients does. A scheduler steps too, and so does an
    agent's environment, and says so in its name; and what is given more than these, as a step of a test is, is none of them."""
    if len(call.arguments.all()) > STEP_ARGUMENTS or (call.op is not None and NO_OPTIMIZER.search(call.op.text)):
        return
    given = (steps.owned_by(machine, state, value.oid) for value in call.arguments.all() if type(value) is Ref)
    owned = frozenset().union(*given) or _owned(machine, state, data)
    if owned is None:
        known = [value for (_, what), value in state.facts.items() if what == "owns" and isinstance(value, frozenset)]
        if any(steps.related(machine, state, each) & set(state.pending) for each in known):
            return
    steps.step(machine, state, owned, machine.site(call.frame, call.span), call.frame, optimizer=None if owned else data.key)


def _switch(machine: Machine, state: State, receiver: Value, call: Call) -> list[Returned] | None:
    """`x.train()` or `x.eval()` of something unknown: a mode call if it is called like one, else evidence that it is no model."""
    flags = call.arguments.all()
    if len(flags) > 1 or (call.name == "eval" and flags):
        return None
    symbol = _symbol(machine, state, receiver)
    if symbol is None:
        return None
    if flags and type(flags[0]) not in (Const, ModeValue, Data):
        machine.log.note(symbol, "no model")
        return None
    if type(receiver) is Data:
        modes.lose(machine, state, tuple(oid for oid in receiver.objects if models.is_module(state, oid)))
    root = machine.linker.root_module
    function = root.attributes.get(call.name) if root is not None else None
    if type(function) is not Function:
        return None
    arguments = call.arguments.behind(Ref(symbol))
    ends = calls.call_function(machine, state, function, arguments, call.frame, call.span, call.op)
    return [(end, receiver) for end, _ in ends]


def _symbol(machine: Machine, state: State, receiver: Value) -> int | None:
    if type(receiver) is Ref:
        return receiver.oid
    if type(receiver) is Data and not receiver.data:
        return models.promote(machine, state, receiver)
    return None


def _module_method(machine: Machine, state: State, receiver: Value, call: Call) -> list[Returned] | None:
    if call.name not in EVIDENCE:
        return None
    symbol = _symbol(machine, state, receiver)
    if symbol is None:
        return None
    if call.name in ("parameters", "named_parameters"):
        machine.log.note(symbol, "parameters")
        objects = receiver.objects if type(receiver) is Data else frozenset()
        return [(state, Data(parameters=frozenset({symbol, *(oid for oid in objects if models.is_module(state, oid))})))]
    if call.name == "state_dict":
        machine.log.note(symbol, "state_dict")
        return [(state, UNKNOWN)]
    if call.name == "load_state_dict":
        machine.log.note(symbol, "state_dict")
        give_weights(machine, state, symbol, "loaded", call.frame, "load_state_dict", machine.site(call.frame, call.span))
        return [(state, UNKNOWN)]
    if call.name == "requires_grad_":
        flag = call.arguments.first() if call.arguments.all() else Const(True, bool)
        freeze(machine, state, symbol, flag)
        return [(state, receiver)]
    return None
