"""The parts of a model that are in a wrong mode at a forward, each with what put it there.

Rules judge the mode-sensitive layers and never the root's flag: a root in train mode over a backbone in eval is common.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from modelint.events import Cause, Forward, LayerKind, LayerState, Model


@dataclass(frozen=True, slots=True)
class WrongPart:
    """Layers that one cause put in the wrong mode. `path` leads from the model to the outermost object that they make up, ""
    for the whole model; `partial`: other sensitive layers below that object are not wrong."""

    mode: Literal["train", "eval"]
    path: str
    layers: tuple[LayerState, ...]
    cause: Cause
    partial: bool
    certain: bool

    @property
    def kinds(self) -> frozenset[LayerKind]:
        return frozenset(layer.kind for layer in self.layers)

    @property
    def only_recurrent(self) -> bool:
        """A recurrent layer computes the same in both modes; what eval mode breaks is its backward on a GPU."""
        return self.kinds <= {"rnn"}

    @property
    def layer_notes(self) -> tuple[str, ...]:
        """Which layers, and what more there is to say about the recurrent ones of a model that trains."""
        notes = []
        if shown := _listed(layer.path for layer in self.layers):
            notes.append(f"in {self.mode} mode: {shown}")
        if self.mode == "eval" and (recurrent := _listed(layer.path for layer in self.layers if layer.kind == "rnn")):
            notes.append(f"on a GPU, cuDNN raises in the backward of a recurrent layer in eval mode: {recurrent}")
        return tuple(notes)


def wrong_parts(forward: Forward, mode: Literal["train", "eval"]) -> Iterator[WrongPart]:
    """The parts of the forward's model that are in `mode` (on some path at least), by cause, layers whose mode is meant left out. What
    may or may not have such layers counts in train mode beside one that is wrong too, and where no layer is known, if it may well have some
    or the program itself switched the model, and so says that its mode matters."""
    if not forward.feasible or forward.layers_known == "none":
        return
    known = [layer for layer in forward.layers if layer.kind != "unknown"]
    by_cause: dict[Cause | None, list[LayerState]] = {}
    for layer in forward.layers:
        cause = layer.eval if mode == "eval" else layer.train
        if cause is None or layer.mode not in (mode, "both") or layer.intended:
            continue
        if layer.kind != "unknown" or cause.kind != "created" or known or _may_well_be(forward, layer):
            # What nothing has switched since it was made is wrong for one reason, wherever its parts were made.
            by_cause.setdefault(None if cause.kind == "created" else cause, []).append(layer)
    if mode == "train" and known and not any(layer.kind != "unknown" for layers in by_cause.values() for layer in layers):
        return
    for shared, layers in by_cause.items():
        path = _outermost(forward.layers, layers)
        cause = shared or _made(forward.model, path, layers, mode)
        below = [layer for layer in forward.layers if is_below(layer.path, path)]
        yield WrongPart(
            mode,
            path,
            tuple(layers),
            cause,
            partial=len(below) > len(layers),
            certain=_is_certain(forward, mode, layers),
        )


def _made(model: Model, path: str, layers: list[LayerState], mode: str) -> Cause:
    """Where what was never switched was made: the model, or the first of its layers."""
    causes = [cause for layer in layers if (cause := layer.eval if mode == "eval" else layer.train) is not None]
    if path or model.created is None:
        return causes[0]
    whole = next((cause for cause in causes if cause.site == model.created), None)
    return whole or Cause("created", model.created, model.calls)


def _may_well_be(forward: Forward, layer: LayerState) -> bool:
    """Whether a layer of which nothing is known stands for a whole model of which nothing is known, or for the inside of a library's. In a
    class of the project it is one attribute that was not resolved, and most of these have no layers."""
    return not forward.model.class_name or layer.path.rpartition(".")[2] == "<unknown>"


def is_below(path: str, ancestor: str) -> bool:
    """`path` names the object at `ancestor` or something in it."""
    return not ancestor or path == ancestor or path.startswith(ancestor + ".")


def part_name(model: Model, path: str) -> str:
    """How the code would write the part: `model.encoder`."""
    name = model.text or model.class_name or "model"
    return f"{name}.{path}" if path else name


def _outermost(everything: tuple[LayerState, ...], layers: list[LayerState]) -> str:
    """If all layers of the model are wrong, it is the model that is; else what their paths have in common."""
    if len(layers) == len(everything):
        return ""
    parts = [layer.path.split(".") for layer in layers]
    common = []
    for names in zip(*parts, strict=False):
        if len(set(names)) > 1:
            break
        common.append(names[0])
    return ".".join(common)


def _is_certain(forward: Forward, mode: str, layers: list[LayerState]) -> bool:
    known = [layer for layer in layers if layer.kind != "unknown" and layer.mode == mode and layer.certain]
    return bool(known) and forward.concrete and forward.layers_known == "some"


def _listed(paths: Iterable[str], limit: int = 3) -> str:
    """Paths for a note: `dropout`, `encoder.norm` and 4 more. The model itself has none."""
    names = sorted({path for path in paths if path})
    shown = ", ".join(f"`{name}`" for name in names[:limit])
    return f"{shown} and {len(names) - limit} more" if len(names) > limit else shown
