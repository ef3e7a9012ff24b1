"""Forward and backward passes: the record of a forward, what its output depends on, and the gradients that a backward leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.events import Iteration, Site
from modelint.interpreter import conditions, models, modes
from modelint.interpreter.layers import layer_states, leaves
from modelint.interpreter.log import ForwardRecord, WholeCall
from modelint.interpreter.running import CALLED
from modelint.interpreter.state import UNKNOWN_MODE, Returned, State
from modelint.interpreter.values import Data, Key, Ref, Value, provenance
from modelint.interpreter.weights import weights_of
from modelint.ir import ops

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine


def record_forward(
    machine: Machine,
    state: State,
    oid: int,
    frame: Frame,
    site: Site,
    text: str,
    *,
    method: str = "",
    resolved: bool = True,
    infer: bool = False,
) -> int:
    """Note a forward and give its number. The same place, object and modes give the same number."""
    layers, found, known = layer_states(machine, state, oid, CALLED if resolved and not method else None)
    bits = tuple((leaf.oid, state.modes.get(leaf.oid, UNKNOWN_MODE).bits, leaf.is_fitted) for leaf in found)
    weights, everywhere = weights_of(machine, state, oid)
    key: Key = (site, frame.calls, oid, bits, state.grad, machine.iteration, weights is None, everywhere, infer, method)
    number = machine.log.by_key.get(key)
    if number is None:
        number = machine.log.by_key[key] = len(machine.log.forwards)
        machine.log.forwards.append(
            ForwardRecord(
                number, oid, site, frame.calls, layers, known, state.grad, frame.concrete, _iteration(machine), text, method, weights,
                everywhere, frame.is_stub, resolved, infer=infer,
            )
        )  # fmt: skip
        machine.forward_leaves.append(found)
        machine.snapshots.append(models.describe(machine, state, oid))
    machine.log.activity += 1
    record = machine.log.forwards[number]
    record.feasible = record.feasible or state.feasible
    return number


def note_modes(machine: Machine, state: State, oids: tuple[int, ...]) -> None:
    """Note in which modes the layers of modules run that a `forward` calls. What runs in both has no mode that is known."""
    noted = machine.modes_inside
    for oid in oids:
        for leaf in leaves(machine, state, oid, CALLED):
            mode = state.modes.get(leaf.oid, UNKNOWN_MODE)
            noted[leaf.oid] = mode if noted.get(leaf.oid, mode).bits == mode.bits else UNKNOWN_MODE


def hand_over(
    machine: Machine, returned: list[Returned], receiver: Value | None, caller: Frame, op: ops.Call, grad: bool | None
) -> None:
    """A method of a module returns what its parts made of its arguments: for who called it, that was a pass of the whole module, and there
    it shows what the pass is for. `grad`: whether gradients were recorded before the call. Not where the method itself turned them
    off or looked at the output, nor where whole and part are in different modes."""
    if type(receiver) is not Ref:
        return
    site = machine.site(caller, op.span)
    chain = (*caller.calls, site)
    for end, value in returned:
        for number in sorted(provenance((value,)).data):
            record = machine.log.forwards[number]
            inner = (record.whole.calls, record.whole.site) if record.whole is not None else (record.calls, record.site)
            if inner[0] != chain or "plain" in record.uses or (record.gradients is False and grad is not False):
                continue
            mode = modes.mode_name(end.modes.get(receiver.oid, UNKNOWN_MODE))
            path = models.path_to(machine, end, receiver.oid, record.oid)
            if path and all(layer.mode == mode for layer in record.layers if layer.mode != "unknown"):
                described = models.describe(machine, end, receiver.oid)
                record.whole = WholeCall(receiver.oid, site, caller.calls, op.text, path, described)


def _iteration(machine: Machine) -> Iteration:
    tags = {tag for _, tag in machine.iteration}
    return "later" if "later" in tags else "first" if "first" in tags else "only"


def output(machine: Machine, state: State, numbers: tuple[int, ...], values: list[Value], key: Key | None) -> Data:
    """The result of a forward: it depends on the forward and on what went in, through the graph if gradients are recorded."""
    inputs = provenance(values)
    mine = frozenset(numbers)
    if state.grad is False:
        return Data(key, frozenset(), inputs.data | mine)
    return Data(key, inputs.graph | mine, inputs.data | mine)


def backward(machine: Machine, state: State, value: Value, site: Site, frame: Frame) -> None:
    """A backward pass: adds to the pending gradients of the models it reaches; what it depends on only as data is a target."""
    source = provenance((value,))
    log = machine.log
    number = log.backward_number(site)
    log.use(source.graph, "backward")
    for each in source.graph:
        oid = log.forwards[each].oid
        state.pending[oid] = {**state.pending.get(oid, {}), (each, number): conditions.ANY}
        log.note(oid, "backward")
    log.use(source.data - source.graph, "target")
