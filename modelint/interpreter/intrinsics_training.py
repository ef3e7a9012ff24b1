"""The intrinsics about gradients, optimizers and training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import containers, models, modes, natives, outdated, passes, steps
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.guards import truth
from modelint.interpreter.state import State, deep
from modelint.interpreter.values import (
    NOTHING,
    TRUE,
    UNKNOWN,
    Data,
    Key,
    Ref,
    Tuple,
    Value,
    constant,
    options,
    parts_of,
    provenance,
)
from modelint.interpreter.weights import freeze

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.intrinsics import Intrinsic
    from modelint.interpreter.machine import Machine


def _backward(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    site = natives.place_of(machine, frame, key)
    for value in deep(state, list(arguments.positional)):
        passes.backward(machine, state, value, site, frame)
    return NOTHING


def _owns(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    optimizer = arguments.positional[0]
    if type(optimizer) is not Ref:
        return NOTHING
    owned = steps.owned_by(machine, state, optimizer.oid)
    held = _parameters_in(machine, state, list(arguments.positional[1:]))
    if held:
        outdated.renew(state, optimizer.oid)
        state.facts[optimizer.oid, "owns"] = owned | held
        for oid in held:
            machine.log.note(oid, "owned")
    elif any(_are_tensors(state, value) or _are_outputs(state, value) for value in arguments.positional[1:]):
        state.facts[optimizer.oid, "owns"] = owned | {optimizer.oid}  # something, and no model
    return NOTHING


def _are_tensors(state: State, value: Value) -> bool:
    """Whether the value is a list of results of calls, such as an image, or of attributes of an object, such as masks: no parameters of a
    model that is not known."""
    obj = state.heap.get(value.oid) if type(value) is Ref else None
    if obj is None or obj.kind != "list" or not obj.items:
        return False
    return all(type(item) is Data and item.key is not None and _is_tensor(item.key) for item in obj.items)


def _are_outputs(state: State, value: Value) -> bool:
    """Whether all that is in the value depends on forwards: latents to be optimised, and no parameters."""
    found = [each for each in deep(state, [value]) if type(each) is Data]
    return bool(found) and all(each.data for each in found)


def _is_tensor(key: Key) -> bool:
    """Whether an item of such a list is one tensor that is no part of a model: its identity says where it comes from."""
    if key[0] == "either":
        return all(map(_is_tensor, parts_of(key)))
    return key[0] in ("call", "local") or (key[0] == "attribute" and parts_of(key)[0][0] == "object")


def _parameters_in(machine: Machine, state: State, values: list[Value]) -> frozenset[int]:
    held: set[int] = set()
    for value in deep(state, values):
        source = provenance((value,))
        held |= source.parameters
        held |= {oid for oid in source.objects if models.is_module(state, oid)}
        if type(value) is Data and not source.parameters and models.symbol_of(machine, state, value) is not None:
            held.add(models.symbol_of(machine, state, value) or 0)
    return frozenset(held)


def _step(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    for value in deep(state, list(arguments.positional)):
        owned = steps.owned_by(machine, state, value.oid) if type(value) is Ref else frozenset()
        if type(value) is Ref:
            outdated.step(machine, state, value.oid, natives.place_of(machine, frame, key), frame)
        steps.step(machine, state, owned or None, natives.place_of(machine, frame, key), frame)
    return NOTHING


def _clear(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    for value in arguments.positional:
        owners = [option.oid for option in options(value) if type(option) is Ref]
        if owners:
            steps.clear_gradients(machine, state, *(_cleared_with(machine, state, oid) for oid in owners))
    return NOTHING


def _cleared_with(machine: Machine, state: State, owner: int) -> frozenset[int] | None:
    return frozenset({owner}) if models.is_module(state, owner) else steps.owned_by(machine, state, owner) or None


def _train_on(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    module, loss, *optimizers = arguments.positional
    site = natives.place_of(machine, frame, key)
    for value in deep(state, [loss]):
        passes.backward(machine, state, value, site, frame)
    owned: frozenset[int] = frozenset()
    for value in deep(state, list(optimizers)):
        if type(value) is Ref:
            owned |= steps.owned_by(machine, state, value.oid)
            outdated.step(machine, state, value.oid, site, frame)
    if not owned and type(module) is Ref:
        owned = frozenset({module.oid})
    trainer = modes.entry_name(machine, frame)
    steps.step(machine, state, owned, None, frame, trainer)
    steps.clear_gradients(machine, state, owned)
    return NOTHING


def _parameters(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    target = arguments.positional[0]
    oids = frozenset((target.oid,) if type(target) is Ref else models.module_ids(machine, state, target))
    values = Data(("parameters", *sorted(oids)), parameters=oids)
    for oid in oids:
        machine.log.note(oid, "parameters")
    if arguments.keywords.get("named") == TRUE:
        return containers.new_list(machine, state, None, key, Tuple((UNKNOWN, values)))
    return values


def _set_gradients(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    previous: Value = UNKNOWN if state.grad is None else constant(state.grad)
    value = arguments.positional[0]
    state.grad = truth(machine, state, value)
    return previous


def _requires_grad(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    target, flag = arguments.positional[:2]
    entry = frame.stub_entry
    if entry is None or entry.owner is not machine.linker.root_module:
        return NOTHING  # a library's doing, which says nothing of what the user means
    held = _parameters_in(machine, state, [target]) | (frozenset({target.oid}) if type(target) is Ref else frozenset())
    for oid in held:
        freeze(machine, state, oid, flag)
    return NOTHING


TABLE: dict[str, Intrinsic] = {
    "backward": _backward, "owns": _owns, "step": _step, "clear_gradients": _clear, "train_on": _train_on, "parameters": _parameters,
    "set_gradients": _set_gradients, "requires_grad": _requires_grad,
}  # fmt: skip
