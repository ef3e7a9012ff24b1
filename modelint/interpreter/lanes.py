"""From what a recorder saw to lanes: one for each model of a file, with its mode at every line where it has a name.

A part has no lane of its own as long as it is in the mode of the module that holds it: where only the part is seen, its lines
belong to the lane of the whole. Objects with one name are one lane: at a line that several contexts reach, their modes are joined.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from modelint.events import Site
from modelint.interpreter.timeline import Name, Recorder, Sight

LaneMode: TypeAlias = Literal["train", "eval", "mixed", "unknown"]
"""`mixed`: train mode on some way to the line, eval mode on another one."""
_MODES: dict[int, LaneMode] = {1: "train", 2: "eval", 3: "mixed"}


@dataclass(frozen=True, slots=True)
class Mark:
    """The mode of a model after a line has run, and what it is called there."""

    mode: LaneMode
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """A model. `created`: where, if that is known and one place; `aliases`: what else the file calls it; `others`: how many models of
    the same class have the same modes at the same lines, which are not shown."""

    name: str
    class_name: str
    created: Site | None
    aliases: tuple[str, ...]
    marks: Mapping[int, Mark]
    others: int = 0


def lanes_of(recorder: Recorder) -> tuple[Lane, ...]:
    """The lanes in the order in which their models appear; parts follow their wholes."""
    imagined = _imagined(recorder)
    found = [oid for oid in recorder.models if _is_model(recorder, oid) and imagined.isdisjoint({oid, *_around(recorder, oid)})]
    apart = {oid for oid in found if _stands_apart(recorder, oid)}
    titles = {oid: _title(recorder, oid, is_apart=oid in apart) for oid in found}
    shown = {titles[oid] for oid in found if oid in apart or not recorder.models[oid].holders}
    groups: dict[str, list[int]] = {}
    for oid in found:
        if titles[oid] in shown:
            groups.setdefault(titles[oid], []).append(oid)
    lines: dict[int, list[int]] = {oid: [] for members in groups.values() for oid in members}
    for oid in found:
        for owner in _owners(recorder, oid, lines.keys()):
            lines[owner].append(oid)
    lanes = [
        _lane(recorder, name, members, [each for oid in members for each in lines[oid]]) for name, members in groups.items()
    ]
    return tuple(sorted(_folded(lanes), key=_order))


def _imagined(recorder: Recorder) -> set[int]:
    """The objects that stand for what nobody makes, of classes of which (or of what inherits from which) a program makes one."""
    models = recorder.models.items()
    made = {name for _, sighting in models if sighting.concrete for name in sighting.bases}
    return {
        oid
        for oid, sighting in models
        if not sighting.concrete and sighting.class_name in made and not _is_symbol(recorder, oid)
    }


def _is_symbol(recorder: Recorder, oid: int) -> bool:
    """It stands for an unknown value: a parameter that nobody gives, the result of an unknown call."""
    assert recorder.machine is not None
    return recorder.machine.origins[oid][0] in ("symbol", "annotated")


def _is_model(recorder: Recorder, oid: int) -> bool:
    """A known module, or an unknown object that was used like one and not otherwise."""
    assert recorder.machine is not None
    if not _is_symbol(recorder, oid):
        return True
    evidence = recorder.machine.log.evidence.get(oid, set())
    return "no model" not in evidence and bool(
        evidence or any(_bits([sight]) != 4 for sight in recorder.models[oid].lines.values())
    )


def _stands_apart(recorder: Recorder, oid: int) -> bool:
    """Whether a part is somewhere in another mode than the module that holds it."""
    part = recorder.models[oid]
    for holder in part.holders:
        whole = recorder.models[holder].lines
        for row, sight in part.lines.items():
            if row in whole and (_bits([sight]), _bits([whole[row]])) in ((1, 2), (2, 1), (1, 4), (2, 4), (3, 4)):
                return True
    return False


def _owners(recorder: Recorder, oid: int, own: Collection[int]) -> set[int]:
    """The models whose lanes show a part: the nearest ones around it that have lanes."""
    owners: set[int] = set()
    seen: set[int] = set()
    pending = [oid]
    while pending:
        each = pending.pop()
        if each in own:
            owners.add(each)
        elif each not in seen:
            seen.add(each)
            pending.extend(recorder.models[each].holders)
    return owners


def _title(recorder: Recorder, oid: int, *, is_apart: bool) -> str:
    """The name of the lane. A part that stands apart is called as a part: it may have been called as its whole is now, or share the
    variable of a loop with other parts."""
    names = recorder.models[oid].names.values()
    if is_apart:
        wholes = {_best_name(recorder, each, recorder.models[each].names.values()) for each in _around(recorder, oid)}
        paths = [name for name in names if any(name.text.startswith((f"{whole}.", f"{whole}[")) for whole in wholes)]
        return _best_name(recorder, oid, paths or names)
    return _best_name(recorder, oid, names)


def _around(recorder: Recorder, oid: int) -> set[int]:
    """All modules that a part is, or was, inside of."""
    found: set[int] = set()
    pending = [oid]
    while pending:
        new = recorder.models[pending.pop()].holders - found
        found |= new
        pending.extend(new)
    return found


def _best_name(recorder: Recorder, oid: int, names: Iterable[Name]) -> str:
    """The name in the outermost function; of several, one that means nothing else at its lines, then the shortest."""
    shared = {text for (_, text), meant in recorder.meanings.items() if len(meant) > 1 and oid in meant}
    return min(names, key=lambda name: (name.depth, name.text in shared, *name)).text


def _lane(recorder: Recorder, name: str, members: list[int], shown: list[int]) -> Lane:
    assert recorder.machine is not None
    seen: dict[int, list[Sight]] = {}
    for oid in dict.fromkeys((*members, *shown)):
        for row, sight in recorder.models[oid].lines.items():
            seen.setdefault(row, []).append(sight)
    marks = {row: _mark(sights) for row, sights in sorted(seen.items())}
    names = {
        text: None
        for oid in members
        for text in recorder.models[oid].names
        if text.isidentifier() and text not in (name, "self")
    }
    created = {place[0] for oid in members if (place := recorder.machine.created_at.get(oid)) is not None}
    return Lane(name, _class_names(recorder, members), created.pop() if len(created) == 1 else None, tuple(names), marks)


def _class_names(recorder: Recorder, members: list[int]) -> str:
    """The classes of the models, or what returned one whose class is not public: `Net`, `Net or ResNet`, `Net or 3 others`."""
    assert recorder.machine is not None
    found: dict[str, None] = {}
    for oid in members:
        loader = ".".join(recorder.machine.loaders.get(oid, "").split(".")[-2:])
        found[recorder.models[oid].class_name or loader] = None
    classes = [name for name in found if name]
    return " or ".join(classes) if len(classes) < 3 else f"{classes[0]} or {len(classes) - 1} others"


def _mark(sights: list[Sight]) -> Mark:
    names = dict.fromkeys(name for sight in sights for name in sight.names)
    return Mark(_MODES.get(_bits(sights), "unknown"), tuple(sorted(names, key=len)))


def _bits(sights: Sequence[Sight]) -> int:
    """The modes seen together, as in `Mode.bits`; what is unlikely counts where nothing else is seen."""
    bits = unlikely = 0
    for sight in sights:
        bits, unlikely = bits | sight.bits, unlikely | sight.unlikely
    bits = bits or unlikely
    return 4 if bits & 4 else bits


def _folded(lanes: list[Lane]) -> Iterable[Lane]:
    """Lanes of one class that look the same are shown once."""
    kept: dict[tuple[object, ...], Lane] = {}
    for lane in lanes:
        key = (lane.class_name, tuple((row, mark.mode) for row, mark in lane.marks.items()))
        kept[key] = replace(kept[key], others=kept[key].others + 1) if key in kept else lane
    return kept.values()


def _order(lane: Lane) -> tuple[object, ...]:
    return (next(iter(lane.marks), 0), lane.name.count("."), lane.name, lane.class_name)
