"""Saves: what of a model they hold, and which layers with running statistics moved and are left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from modelint.events import LayerState, SaveContents, Saved, Site
from modelint.interpreter import heads, layers, models, modes, places
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.state import UNKNOWN_MODE, State, deep
from modelint.interpreter.values import NOTHING, Const, Data, Key, Ref, Value, options
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine


def note(machine: Machine, state: State, arguments: Arguments, frame: Frame, span: Span) -> None:
    """Event `Saved` for a model, with the layers whose statistics moved in a forward in train mode before."""
    target = arguments.positional[0]
    contents = arguments.positional[1] if len(arguments.positional) > 1 else NOTHING
    named_value = arguments.positional[2] if len(arguments.positional) > 2 else arguments.keywords.get("named", NOTHING)
    if type(target) is not Ref or target.oid not in state.heap or not state.feasible:
        return
    kind: SaveContents = "adapter" if type(contents) is Const and contents.value == "adapter" else "everything"
    named = names_in(machine, state, named_value)
    moved = moved_layers(machine, state, target.oid)
    left_out = tuple(layer for layer in moved if kind == "adapter" and not heads.is_covered(layer.path, named))
    if named:
        # What is not modelled inside has no names that could be compared.
        left_out = tuple(layer for layer in left_out if "<" not in layer.path)
    model = models.told(machine, state, target.oid, frame.stub_text.rpartition(".")[0])
    names = tuple(
        sorted(
            {
                leaf.path.rpartition(".")[2]
                for leaf in layers.leaves(machine, state, target.oid)
                if leaf.kind == "batch_norm" and leaf.path
            }
        )
    )
    site = frame.site or machine.site(frame, span)
    if named is not None:
        new = heads.left_out(machine, state, target.oid, named) if kind == "adapter" else ()
        by = next((place for _, place in _moving(machine, state, target.oid)), None) if left_out else None
        machine.log.event(Saved(model, site, kind, left_out, named, names, by, frame.calls, new))


def note_values(machine: Machine, state: State, arguments: Arguments, frame: Frame, span: Span) -> None:
    """Events `Saved` for the models whose weights are in values that are written to a file: `parameters` if these are all that is
    saved of one, else `everything`."""
    if not state.feasible:
        return
    bare: set[int] = set()
    more: set[int] = set()
    for value in deep(state, arguments.all(), depth=4):
        if isinstance(value, Data) and (held := _bare_parameters(value)) is not None:
            bare |= held
        elif isinstance(value, Ref) and models.is_module(state, value.oid):
            more.add(value.oid)
        elif isinstance(value, Data) and not _is_gradient(value.key):
            more.update(oid for oid in value.parameters if oid in state.heap)
    site = frame.site or machine.site(frame, span)
    whole = {below for oid in more for below in models.tree(machine, state, oid)}
    for oid in sorted({oid for oid in bare if oid in state.heap} | more):
        model = models.told(machine, state, oid, places.name_of(state, oid))
        if oid in whole:
            event = Saved(model, site, "everything", calls=frame.calls)
        else:
            event = Saved(model, site, "parameters", moved_layers(machine, state, oid), calls=frame.calls)
        machine.log.event(event)


def _bare_parameters(value: Data) -> frozenset[int] | None:
    """The modules of which a value is a parameter, as it is or detached; None if it is something else."""
    key = value.key
    while key is not None and key[0] == "attribute" and key[2] == "data" and isinstance(key[1], tuple):
        key = key[1]
    return value.parameters if key is not None and key[0] == "parameters" else None


def _is_gradient(key: Key | None) -> bool:
    return key is not None and key[0] == "attribute" and key[2] == "grad"


def names_in(machine: Machine, state: State, value: Value) -> tuple[str, ...] | None:
    """The names that `modules_to_save` holds; None if they are not known."""
    names: list[str] = []
    for each in deep(state, [value]):
        for option in options(each):
            if type(option) is Const and isinstance(option.value, str):
                names.append(option.value)
            elif option != NOTHING:
                return None
    return tuple(names)


def moved_layers(machine: Machine, state: State, oid: int) -> tuple[LayerState, ...]:
    """The layers with running statistics that a forward of the model, or of one that holds or is part of it, saw in train mode."""
    rows: dict[tuple[str, object], LayerState] = {}
    trained = {leaf.oid for leaf, _ in _moving(machine, state, oid)}
    if not trained:
        return ()
    for leaf in layers.leaves(machine, state, oid):
        if leaf.kind == "batch_norm" and leaf.sure:
            mode = state.modes.get(leaf.oid, UNKNOWN_MODE)
            rows[leaf.path, leaf.oid] = LayerState(
                leaf.path, leaf.kind, modes.mode_name(mode), mode.train, mode.eval, certain=mode.certain
            )
    return tuple(row for (_, leaf_oid), row in rows.items() if leaf_oid in trained or len(rows) > len(trained) > 0)


def _moving(machine: Machine, state: State, oid: int) -> Iterator[tuple[layers.Leaf, Site]]:
    """The layers of a model with running statistics that a forward saw in train mode, each with the place of that forward."""
    below = set(models.tree(machine, state, oid))
    for record, leaves in zip(machine.log.forwards, machine.forward_leaves, strict=True):
        for leaf, layer in zip(leaves, record.layers, strict=True):
            if leaf.kind == "batch_norm" and layer.mode == "train" and leaf.oid in below:
                yield leaf, record.site
