"""Frozen parts that are in train mode although the code shows that eval mode is meant.

Two things show it: the part was put in eval mode by a call on itself and is back in train mode because of what holds it; or it was
loaded from a file, is not trained, and nothing ever set its mode.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.events import Cause, LeftInTrain
from modelint.interpreter import models
from modelint.interpreter.state import Mode, State
from modelint.interpreter.values import Ref

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.layers import Leaf
    from modelint.interpreter.machine import Machine

KINDS = ("batch_norm", "dropout", "unknown")
"""The layers that count; unknown ones do where the program says so."""

SET_ASIDE = "set aside"
"""A fact of a layer: the module whose own `eval()` put it in eval mode last, and the cause."""


def note_switches(machine: Machine, state: State, switched: dict[int, Mode], frame: Frame) -> None:
    """A call sets the modes of layers: remember which were put in eval mode by a call on what holds just them."""
    receiver = frame.stub_receiver
    if receiver is None or not models.is_module(state, receiver):
        return
    trees: dict[int, frozenset[int]] = {}

    def holds(whole: int, part: int) -> bool:
        if whole not in trees:
            trees[whole] = frozenset(models.tree(machine, state, whole))
        return part in trees[whole]

    for oid, mode in switched.items():
        known = state.facts.get((oid, SET_ASIDE))
        if isinstance(known, tuple):
            if known[0] != receiver and holds(receiver, known[0]):
                continue  # a call on what holds it
            if mode.bits == 1 and holds(known[0], receiver):
                del state.facts[oid, SET_ASIDE]
                continue
        if mode.bits == 2 and mode.eval is not None and mode.eval.kind == "called":
            state.facts[oid, SET_ASIDE] = (receiver, mode.eval)


def left_in_train(machine: Machine, state: State, leaf: Leaf, mode: Mode) -> LeftInTrain | None:
    """What shows that a frozen layer in train mode should not be in it: the call of `eval()` that something undid, or the loading."""
    if mode.bits != 1 or mode.train is None or leaf.kind not in KINDS or not _is_frozen(state, leaf.oid):
        return None
    aside = state.facts.get((leaf.oid, SET_ASIDE))
    if isinstance(aside, tuple):
        receiver, cause = aside
        shown = _is_told(state, leaf, receiver) and _all_frozen(machine, state, receiver)
        return LeftInTrain(_path_to(leaf, receiver), cause) if shown else None
    weights = state.facts.get((leaf.oid, "weights"))
    if mode.train.kind == "called" or not isinstance(weights, Cause) or weights.kind != "loaded":
        return None
    if leaf.kind == "unknown" or (leaf.oid, "untrained") in state.facts:
        return None
    part = _path_to(leaf, next((oid for oid in leaf.above if _all_frozen(machine, state, oid)), leaf.oid))
    if part and leaf.kind == "dropout":
        return None  # whoever needs the features of a network seldom runs its classifier
    return LeftInTrain(part, weights)


def _is_told(state: State, leaf: Leaf, receiver: int) -> bool:
    """Whether `eval()` on this object tells that the layer matters: it is known to, or stands for what is in just this model of a library."""
    obj = state.heap.get(receiver)
    return leaf.kind != "unknown" or (obj is not None and obj.attributes.get("<unknown>") == Ref(leaf.oid))


def _is_frozen(state: State, oid: int) -> bool:
    return state.frozen(oid) is True


def _all_frozen(machine: Machine, state: State, oid: int) -> bool:
    return all(_is_frozen(state, each) for each in models.tree(machine, state, oid))


def _path_to(leaf: Leaf, oid: int) -> str:
    """The path of what holds the layer; "" where that holds the model too."""
    return ".".join(leaf.path.split(".")[: leaf.above.index(oid)]) if oid in leaf.above else ""


def follows(machine: Machine, leaf: Leaf) -> bool:
    """Whether the program writes the weights around a layer itself, as that of a moving average or of a copy does."""
    return any("written" in machine.log.evidence.get(oid, ()) for oid in leaf.above)


def is_trained_at_times(machine: Machine, leaf: Leaf, left: LeftInTrain) -> bool:
    """Whether the part is only frozen for now, like a discriminator in the step of the generator: it is unfrozen too, or an optimizer was
    given its parameters and no others."""
    depth = left.part.count(".") + 1 if left.part else 0
    return any({"unfrozen", "owned"} & machine.log.evidence.get(oid, set()) for oid in leaf.above[depth:])
