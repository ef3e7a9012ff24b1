"""What a class's own `train` does, seen by calling it on a new object: with False first, which is what `eval()` does, then with True."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from modelint.events import LayerState, Site, TrainOverride
from modelint.interpreter import layers, models
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.clients import Client
from modelint.interpreter.machine import Machine
from modelint.interpreter.state import UNKNOWN_MODE, State
from modelint.interpreter.values import FALSE, NOTHING, TRUE, Function, Ref, Value

TRAINS_IN_EARNEST = frozenset(
    "backward manual_backward zero_grad optimizer optim loss epochs num_epochs DataLoader fit".split()
)
"""A `train` that mentions these is a training loop, not a switch of the mode."""
IN_TRAIN, IN_EVAL = 1, 2
"""`Mode.bits` of what is in one mode on every path."""
Problem = Literal["", "no_argument", "ignores_false", "misses"]
Returns = Literal["self", "nothing", "other", "unknown"]
Ends = Sequence[tuple[State, Value]]


def train_override(client: Client, starts: Sequence[State], ref: Ref) -> TrainOverride | None:
    """None if the class has, or inherits, no `train` of the project that is a switch of the mode, or nothing is known of what it does."""
    override = client.info.lookup("train")
    function = override[0] if override is not None and not override[1].is_stub else None
    if type(function) is not Function or not starts or not _is_switch(function):
        return None
    site = Site(function.module, function.ir.qualname, function.ir.header)
    found = client.info.lookup("eval")
    own_eval = found is not None and not found[1].is_stub
    if not any(each.kind in ("positional", "normal", "star") for each in function.ir.parameters[1:]):
        ends = _call(client, starts, ref, function, ())
        problem: Problem = "no_argument" if _switches(starts, ends) and not own_eval else ""
        return TrainOverride(site, problem, (), _returns(ends, ref), own_eval) if ends else None
    after_eval = _call(client, starts, ref, function, (FALSE,))
    after_train = _call(client, starts, ref, function, (TRUE,))
    if not after_eval or not after_train:
        return None
    problem, missed = _problem(client.machine, starts, after_eval, ref)
    keeps = _in_mode(client.machine, after_train, ref, IN_EVAL) & _in_mode(
        client.machine, [(s, ref) for s in starts], ref, IN_TRAIN
    )
    follows = _follows(client.machine, ((after_eval, IN_EVAL), (after_train, IN_TRAIN)), ref)
    returns = _returns([*after_eval, *after_train], ref)
    return TrainOverride(site, problem, missed, returns, own_eval, tuple(sorted(keeps)), follows)


def unheeded(machine: Machine, layer: LayerState, leaf: layers.Leaf) -> Site | None:
    """The override of `train` that would put a layer in eval mode, while the layer is still in the mode of its creation."""
    if layer.mode != "train" or layer.train is None or layer.train.kind != "created" or not layer.certain:
        return None
    for name, path in leaf.switched_by:
        override = machine.train_overrides.get(name)
        if override is not None and path in override.keeps:
            return override.site
    return None


def is_chosen(machine: Machine, leaf: layers.Leaf) -> bool:
    """Whether the mode of a layer may be the choice of an override of `train`, and not just follow from what that was called with."""
    return any(not _follows_override(machine.train_overrides.get(name), path) for name, path in leaf.switched_by)


def _follows_override(override: TrainOverride | None, path: str) -> bool:
    """What the object was made with may have been unknown to the one who looked: then what is said of the part holds for all in it."""
    follows = dict(override.follows or ()) if override is not None else {}
    while path and path not in follows:
        path = path.rpartition(".")[0]
    return follows.get(path, False)


def _is_switch(function: Function) -> bool:
    """Whether it can be called as `train(mode)`, switches modes in some way and does not train in earnest."""
    ir = function.ir
    words = set(ir.words)
    own = [each for each in ir.parameters[1:] if each.kind in ("positional", "normal", "keyword")]
    required = [each for each in own if not each.has_default]
    default = dict(function.defaults).get(own[0].name) if own else None
    return (
        bool(words & {"train", "eval", "training"})
        and not words & TRAINS_IN_EARNEST
        and not (ir.is_generator or ir.decorators)
        and (not required or required == own[:1])
        and (default is None or default in (TRUE, FALSE, NOTHING))
    )


def _call(client: Client, starts: Sequence[State], ref: Ref, function: Function, flags: tuple[Value, ...]) -> Ends:
    return [
        end for start in starts for end in client.call(start.fork(), function, Arguments((ref, *flags), {}, None), function.ir)
    ]


def _switches(starts: Sequence[State], ends: Ends) -> bool:
    """Whether a call set any mode."""
    return any(end.modes.get(oid) is not mode for end, _ in ends for oid, mode in starts[0].modes.items())


def _problem(machine: Machine, starts: Sequence[State], after_eval: Ends, ref: Ref) -> tuple[Problem, tuple[str, ...]]:
    """What is wrong in every state after `train(False)`. One that sets nothing at all is meant to do nothing."""
    before = starts[0].modes.get(ref.oid, UNKNOWN_MODE)
    own = [end.modes.get(ref.oid, UNKNOWN_MODE) for end, _ in after_eval]
    if any(mode.bits != IN_TRAIN for mode in own):
        return "", ()
    if all(mode.train != before.train for mode in own):
        return "ignores_false", ()
    missed = _in_mode(machine, after_eval, ref, IN_TRAIN)
    return ("misses", tuple(sorted(missed))) if missed and _switches(starts, after_eval) else ("", ())


def _in_mode(machine: Machine, ends: Ends, ref: Ref, bits: int) -> set[str]:
    """The layers that are in a mode in every state. Those of parts that switch themselves are their own business."""
    found: list[set[str]] = []
    for end, _ in ends:
        apart = {
            child for child in models.tree(machine, end, ref.oid)[1:] if machine.linker.overrides_train(end.heap[child].cls)
        }
        found.append(
            {
                leaf.path
                for leaf in layers.leaves(machine, end, ref.oid)
                if leaf.sure
                and leaf.kind != "rnn"
                and end.modes.get(leaf.oid, UNKNOWN_MODE).bits == bits
                and not apart & set(leaf.above)
            }
        )
    return set.intersection(*found)


def _follows(machine: Machine, calls: Iterable[tuple[Ends, int]], ref: Ref) -> tuple[tuple[str, bool], ...]:
    """The layers by path, each with whether every call left it in the mode that the call asked for, in every state."""
    found: dict[str, bool] = {}
    for ends, bits in calls:
        for end, _ in ends:
            for leaf in layers.leaves(machine, end, ref.oid):
                asked = end.modes.get(leaf.oid, UNKNOWN_MODE).bits == bits
                found[leaf.path] = asked and found.get(leaf.path, True)
    return tuple(sorted(found.items()))


def _returns(ends: Ends, ref: Ref) -> Returns:
    values = [value for _, value in ends]
    if any(value == NOTHING for value in values):
        return "nothing"
    if any(type(value) is Ref and value != ref for value in values):
        return "other"
    return "self" if all(value == ref for value in values) else "unknown"
