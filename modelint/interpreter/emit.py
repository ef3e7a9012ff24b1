"""From the log of a run to events: which forwards were training, which were inference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import starmap

from modelint.events import (
    Cause,
    Event,
    Forward,
    FrozenForward,
    InferenceForward,
    InferenceReason,
    Iteration,
    LayerState,
    Model,
    Site,
    TrainingStep,
)
from modelint.interpreter.frozen import follows, is_trained_at_times
from modelint.interpreter.layers import Leaf
from modelint.interpreter.log import ForwardRecord, StepRecord, WholeCall
from modelint.interpreter.machine import Machine
from modelint.interpreter.models import Description
from modelint.interpreter.overrides import is_chosen, unheeded
from modelint.interpreter.unresolved import EVALUATION_WORDS, words_of
from modelint.interpreter.values import Key
from modelint.program.repeats import repeated_calls


def events_of(machine: Machine) -> list[Event]:
    """Everything that happened, in a stable order."""
    events: list[Event] = list(machine.log.events)
    events.extend(_steps(machine))
    events.extend(_inferences(machine))
    events.extend(_frozen(machine))
    return events


def _steps(machine: Machine) -> Iterator[TrainingStep]:
    reach = _reach(machine)
    for step, feasible in machine.log.steps.items():
        record = machine.log.forwards[step.forward]
        if not feasible or not _ran(machine, record) or _is_anothers(reach, step, record):
            continue
        layers = _trained_layers(machine, step, record)
        kept = tuple(layer for layer in record.layers if layer.frozen and layer.mode == "eval")
        yield TrainingStep((forward_of(machine, record, layers, kept),), step.backward, step.step, step.trainer, step.owned)


def _reach(machine: Machine) -> dict[Key, set[int]]:
    """By optimizer of which nobody knows what it owns: the models that had gradients when it stepped, without those that are the same in
    both modes, such as losses."""
    reach: dict[Key, set[int]] = {}
    for step in machine.log.steps:
        record = machine.log.forwards[step.forward]
        if step.optimizer is not None and record.layers_known != "none":
            reach.setdefault(step.optimizer, set()).add(record.oid)
    return reach


def _is_anothers(reach: dict[Key, set[int]], step: StepRecord, record: ForwardRecord) -> bool:
    """Whether a model had gradients when one of several such optimizers stepped, but another one steps for it and for less besides: a
    teacher in the step of its student."""
    if step.optimizer is None:
        return False
    own = reach.get(step.optimizer, set())
    return any(record.oid in other and other < own for other in reach.values())


def _trained_layers(machine: Machine, step: StepRecord, record: ForwardRecord) -> tuple[LayerState, ...]:
    """The layers inside what the optimizer owns; a part in eval whose parameters are frozen is meant to be."""
    owned = machine.step_owned.get(step, set())
    whole = record.oid in owned or not any(owned & set(leaf.above) for leaf in machine.forward_leaves[record.number])
    layers = []
    for layer, leaf in _layers(machine, record):
        if not whole and not owned & set(leaf.above):
            continue
        if layer.frozen and layer.mode == "eval":
            continue
        if _is_perhaps_untrained(machine, leaf):
            layer = replace(layer, certain=False)
        if (override := unheeded(machine, layer, leaf)) is not None:
            layer = replace(layer, unheeded=override)
        is_meant = layer.eval is not None and _meant_once(machine, step, record, leaf)
        layers.append(_intended(layer) if is_meant else layer)
    return tuple(layers)


def _is_perhaps_untrained(machine: Machine, leaf: Leaf) -> bool:
    """An optimizer that was given what could be trained lacks a part that was unfrozen later; and an adapter freezes its base, in which eval
    mode is right for what only follows the batches."""
    evidence = machine.log.evidence.get(leaf.oid, set())
    return "unfrozen" in evidence or ("adapted" in evidence and leaf.kind == "batch_norm")


def _meant_once(machine: Machine, step: StepRecord, record: ForwardRecord, leaf: Leaf) -> bool:
    """Eval mode for which the function of the forward or of its backward asks before it, where nothing ever puts that object in train
    mode. That an evaluation asks for it once more changes nothing."""
    if any(_trains_too(machine, record, step) for step in machine.log.steps):
        return False
    if any(mode.train is not None for each in machine.snapshots[record.number][2] for mode in machine.modes_set.get(each, ())):
        return False
    return any(_is_asked_for(machine, step, record, mode.eval) for mode in machine.modes_set.get(leaf.oid, ()))


def _is_asked_for(machine: Machine, step: StepRecord, record: ForwardRecord, cause: Cause | None) -> bool:
    """Whether a call sets eval mode before the step, in its function, and then a step is taken in it and nothing else done."""
    used = next((site for site in (record.site, step.backward) if _set_there(cause, site)), None)
    if used is None or cause is None or cause.calls != record.calls[: len(cause.calls)]:
        return False
    before = cause.site.span.row < used.span.row
    return before and _trains_in(machine, record, cause) and not _looked_between(machine, record, cause)


def _trains_in(machine: Machine, record: ForwardRecord, cause: Cause) -> bool:
    """A step trains the same object in the eval mode that this call set."""
    others = (machine.log.forwards[step.forward] for step in machine.log.steps)
    return any(other.oid == record.oid and any(layer.eval == cause for layer in other.layers) for other in others)


def _trains_too(machine: Machine, record: ForwardRecord, step: StepRecord) -> bool:
    """Another step trains the same object in train mode: then eval mode is not what the program means to train in."""
    other = machine.log.forwards[step.forward]
    return other.oid == record.oid and any(layer.mode == "train" and layer.kind != "unknown" for layer in other.layers)


def _looked_between(machine: Machine, record: ForwardRecord, cause: Cause) -> bool:
    """The same mode call serves a forward that no backward follows: it was made for that one."""
    return any(
        other.oid == record.oid
        and not other.uses & {"backward", "target"}
        and any(layer.eval == cause for layer in other.layers)
        for other in machine.log.forwards
    )


def _intended(layer: LayerState) -> LayerState:
    return replace(layer, intended=True)


def _frozen(machine: Machine) -> Iterator[FrozenForward]:
    for record in machine.log.forwards:
        if (
            not record.feasible
            or not record.uses & {"backward", "target"}
            or not machine.log.steps
            or not _ran(machine, record)
        ):
            continue
        layers = tuple(starmap(partial(_judged_frozen, machine), _layers(machine, record)))
        if any(layer.left_in_train is not None for layer in layers):
            yield FrozenForward(forward_of(machine, record, layers))


def _judged_frozen(machine: Machine, layer: LayerState, leaf: Leaf) -> LayerState:
    """A copy that follows another model is like that one, unless code had put it in eval mode."""
    left = layer.left_in_train
    if left is None or layer.intended or is_trained_at_times(machine, leaf, left):
        return replace(layer, left_in_train=None)
    if left.shown_by.kind == "loaded" and follows(machine, leaf):
        return replace(layer, left_in_train=None)
    return layer


def _layers(machine: Machine, record: ForwardRecord) -> Iterator[tuple[LayerState, Leaf]]:
    """Those of a forward. An override of `train` tells what is meant only where a layer does not just follow."""
    for layer, leaf in zip(record.layers, machine.forward_leaves[record.number], strict=True):
        if layer.intended and not leaf.is_meant and not is_chosen(machine, leaf):
            layer = replace(layer, intended=False)
        yield layer, leaf


def _ran(machine: Machine, record: ForwardRecord) -> bool:
    """Whether there was a forward, and of a model."""
    return "prepares" not in record.uses and _is_model(machine, record.oid)


def _is_model(machine: Machine, oid: int) -> bool:
    """A known module, or something unknown that was used like one."""
    origin = machine.origins.get(oid, ())
    if not origin or origin[0] not in ("symbol", "annotated"):
        return True
    evidence = machine.log.evidence.get(oid, set())
    return (
        bool(evidence & {"parameters", "state_dict", "owned", "annotation", "backward", "wrapped"})
        and "no model" not in evidence
    )


def _inferences(machine: Machine) -> Iterator[InferenceForward]:
    trained = {machine.log.forwards[step.forward].oid for step in machine.log.steps}
    fresh = {_place_of(record) for record in machine.log.forwards if record.feasible and record.weights is None}
    for record in machine.log.forwards:
        reason = inference_reason(machine, record)
        if reason is None or record.weights is None:
            continue
        forward = forward_of(machine, record, _live_layers(machine, record))
        everywhere = record.weights_everywhere and _place_of(record) not in fresh
        yield InferenceForward(forward, reason, record.weights, record.oid in trained, everywhere)


def _place_of(record: ForwardRecord) -> tuple[Site, tuple[Site, ...], int, Iteration]:
    """What paths that lead to one forward have in common."""
    return record.site, record.calls, record.oid, record.iteration


def inference_reason(machine: Machine, record: ForwardRecord) -> InferenceReason | None:
    """What makes a forward an inference; None: it is none."""
    if not record.feasible or not record.resolved or not _ran(machine, record) or record.weights is None:
        return None
    # What a training step of a library generates on its way is what it goes on to train with.
    return None if (record.infer or "cut" in record.uses) and _is_inside_training(record) else _reason(record)


def _is_inside_training(record: ForwardRecord) -> bool:
    """Whether the call into a library that runs the forward is the one that put the model in train mode."""
    causes = (layer.train for layer in record.layers if layer.train is not None and layer.train.kind == "library")
    return any(cause.site in record.calls for cause in causes)


def _reason(record: ForwardRecord) -> InferenceReason | None:
    uses = record.uses
    if record.infer:
        return None if uses & {"backward", "target"} else "inference_call"
    if record.method or uses & {"backward", "target"}:
        return None
    if record.gradients is False:
        if uses & {"plain", "used"}:
            return "no_grad"
        names = [use.partition(":")[2] for use in uses if use.startswith("returned:")]
        is_result = "fetched" in uses or any(words_of(name) & EVALUATION_WORDS for name in names)
        return "returned_without_gradients" if names and is_result else None
    if uses & {"escaped", "cut"} or record.gradients is None:
        return None
    return "plain_data" if "plain" in uses else None


def _live_layers(machine: Machine, record: ForwardRecord) -> tuple[LayerState, ...]:
    """The layers whose mode matters to an inference: not those whose weights mean nothing yet. Train mode that was set right here,
    in a function that runs without gradients and takes no step, is meant: statistics are estimated again, or dropout is sampled. So is
    that of a forward that a loop repeats with the same input."""
    layers = [layer for layer, leaf in _layers(machine, record) if leaf.is_fitted]
    if _is_repeated(machine, record.site):
        layers = [_intended(layer) for layer in layers]
    elif record.gradients is False:
        layers = [_intended(layer) if _is_meant(machine, layer.train, record) else layer for layer in layers]
    return tuple(layers)


def _is_repeated(machine: Machine, site: Site) -> bool:
    functions = machine.linker.module(site.path).functions
    return any(site.span in repeated_calls(each) for each in functions if each.qualname == site.function)


def _is_meant(machine: Machine, cause: Cause | None, record: ForwardRecord) -> bool:
    """Train mode that was set for this forward, and not for a training step."""
    return _set_for_it(machine, cause, record) and not _serves_training(machine, cause)


def _set_for_it(machine: Machine, cause: Cause | None, record: ForwardRecord) -> bool:
    """Whether a function sets the mode, itself or by a call that does not run a model, and runs the forward, itself or by a call, and nothing
    below it takes a step."""
    if cause is None or cause.kind != "called":
        return False
    setting, running = (*cause.calls, cause.site), (*record.calls, record.site)
    depth = min(len(setting), len(running)) - 1
    if setting[:depth] != running[:depth] or not _same_function(setting[depth], running[depth]):
        return False
    above = setting[: depth + 1]
    if len(setting) > len(running) and any((*each.calls, each.site)[: depth + 1] == above for each in machine.log.forwards):
        return False
    return not any(
        _same_function(place, running[depth])
        for step in machine.log.steps
        for chain in (machine.log.forwards[step.forward].calls, step.calls)
        for place in (step.step, step.backward, *chain[depth : depth + 1])
        if place is not None
    )


def _same_function(one: Site, other: Site) -> bool:
    return (one.path, one.function) == (other.path, other.function)


def _serves_training(machine: Machine, cause: Cause | None) -> bool:
    """The same mode call serves a forward that a step is made of: it was made for that one."""
    forwards = (machine.log.forwards[step.forward] for step in machine.log.steps)
    return any(layer.train == cause for forward in forwards for layer in forward.layers)


def _set_there(cause: Cause | None, site: Site) -> bool:
    """Whether a mode call in the same function is the cause."""
    return cause is not None and cause.kind == "called" and _same_function(cause.site, site)


def forward_of(
    machine: Machine, record: ForwardRecord, layers: tuple[LayerState, ...], kept: tuple[LayerState, ...] = ()
) -> Forward:
    if record.whole is not None:
        return _forward_of_whole(machine, record, record.whole, layers, kept)
    text = record.text.rpartition(".")[0] if record.method else record.text
    model = _model(machine, record.oid, machine.snapshots[record.number], text.removesuffix(".forward"))
    return Forward(
        model, record.site, layers, record.layers_known, record.calls, record.gradients, record.iteration, record.concrete,
        record.feasible, record.method, kept=kept,
    )  # fmt: skip


def _forward_of_whole(
    machine: Machine, record: ForwardRecord, whole: WholeCall, layers: tuple[LayerState, ...], kept: tuple[LayerState, ...]
) -> Forward:
    """A method of a model that runs a part of it, as its caller sees it."""
    text, _, method = whole.text.rpartition(".")
    below, kept = (tuple(_below(whole.path, layer) for layer in each) for each in (layers, kept))
    return Forward(
        _model(machine, whole.oid, whole.described, text), whole.site, below, record.layers_known, whole.calls, record.gradients,
        record.iteration, record.concrete, record.feasible, method, part_runs=record.site, kept=kept,
    )  # fmt: skip


def _below(path: str, layer: LayerState) -> LayerState:
    """A layer by its path from a module that holds the model at `path`."""
    left = layer.left_in_train
    left = None if left is None else replace(left, part=f"{path}.{left.part}".strip("."))
    return replace(layer, path=f"{path}.{layer.path}".strip("."), left_in_train=left)


def _model(machine: Machine, oid: int, described: Description, text: str) -> Model:
    cls, adapter, tree = described
    created = machine.created_at.get(oid)
    return Model(
        key=str(oid),
        text=text,
        class_name=cls.name if cls is not None else "",
        created=created[0] if created else None,
        calls=created[1] if created else (),
        loader=machine.loaders.get(oid, ""),
        adapter=bool(adapter),
        unfrozen=any("unfrozen" in machine.log.evidence.get(each, ()) for each in tree),
    )
