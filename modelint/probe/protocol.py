"""What crosses the border to the probed process: settings go in, a record comes out, both as JSON.

The record's rows are written by `modelint.probe.inside`, which cannot import this module; a record that does not have this form
is an error of the probe and never half believed.
"""

from __future__ import annotations

from typing import Literal

import msgspec


class Place(msgspec.Struct, frozen=True, array_like=True):
    """A place in a file; columns count bytes from 0, and are -1 where they are not known."""

    path: str
    row: int
    end_row: int
    column: int
    end_column: int


class Cause(msgspec.Struct, frozen=True, array_like=True):
    kind: Literal["created", "loaded", "called", "library"]
    stack: int
    by: str


class Layer(msgspec.Struct, frozen=True, array_like=True):
    path: str
    kind: Literal["dropout", "batch_norm", "rnn", "other"]
    training: bool | None
    cause: int
    direct: bool
    frozen: bool
    overridden: bool
    details: str
    left: int


class Left(msgspec.Struct, frozen=True, array_like=True):
    """A frozen part that was left in train mode."""

    part: str
    shown_by: int
    holds: bool


class Model(msgspec.Struct, frozen=True, array_like=True):
    class_name: str
    created: int
    loader: str
    adapter: bool
    trainable: bool
    loaded: int
    attached: int
    configured: int
    configuration: dict[str, str | int | float | bool | None]


class Forward(msgspec.Struct, frozen=True, array_like=True):
    model: int
    stack: int
    method: str
    named: bool
    gradients: bool
    later: bool
    layers: tuple[Layer, ...]


class Step(msgspec.Struct, frozen=True, array_like=True):
    forward: int
    backward: int
    step: int
    trainer: str
    layers: tuple[int, ...]


class NewPart(msgspec.Struct, frozen=True, array_like=True):
    path: str
    created: int
    classes: tuple[str, ...]


class Save(msgspec.Struct, frozen=True, array_like=True):
    model: int
    stack: int
    contents: Literal["adapter", "everything", "parameters"]
    moved: tuple[str, ...]
    new: tuple[NewPart, ...]


class Outdated(msgspec.Struct, frozen=True, array_like=True):
    model: int
    optimizer: int
    attached: int
    stack: int


class Named(msgspec.Struct, frozen=True, array_like=True):
    """A method that was named and not called."""

    model: int
    method: Literal["train", "eval"]
    stack: int


class Hidden(msgspec.Struct, frozen=True, array_like=True):
    """Modules that an attribute keeps in a plain container."""

    class_name: str
    constructors: tuple[Place, ...]
    attribute: str
    container: Literal["list", "dict", "tuple"]
    classes: tuple[str, ...]


class Override(msgspec.Struct, frozen=True, array_like=True):
    """What a class's own `train` did when `eval()` called it."""

    class_name: str
    place: Place
    problem: Literal["", "no_argument", "ignores_false", "misses"]
    missed: tuple[str, ...]
    returns: Literal["self", "nothing", "other", "unknown"]
    own_eval: bool


class Unheeded(msgspec.Struct, frozen=True, array_like=True):
    """A layer of a model that an override of `train` would put in eval mode, and that nothing has called."""

    model: int
    path: str
    override: Place


class Dropout(msgspec.Struct, frozen=True, array_like=True):
    stack: int
    built: bool
    class_name: str


class Moment(msgspec.Struct, frozen=True, array_like=True):
    """An entry of the timeline."""

    what: Literal["train", "eval", "step", "inference", "save"]
    stack: int
    class_name: str
    details: str
    count: int


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What one process saw. `state`: `end` if it ran to its end, `enough` if it was left early, `running` if it was killed. `needed`: the forwards that a backward depends on.
    `problems` are the probe's own."""

    rank: int
    state: Literal["running", "enough", "end"]
    places: tuple[Place, ...]
    stacks: tuple[tuple[int, ...], ...]
    causes: tuple[Cause, ...]
    models: tuple[Model, ...]
    forwards: tuple[Forward, ...]
    steps: tuple[Step, ...]
    inferences: tuple[int, ...]
    needed: tuple[int, ...]
    left: tuple[Left, ...]
    saves: tuple[Save, ...]
    outdated: tuple[Outdated, ...]
    named: tuple[Named, ...]
    hidden: tuple[Hidden, ...]
    overrides: tuple[Override, ...]
    unheeded: tuple[Unheeded, ...]
    dropouts: tuple[Dropout, ...]
    timeline: tuple[Moment, ...]
    counts: dict[str, int]
    problems: tuple[str, ...] = ()


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """As `modelint.probe.inside.settings` reads them."""

    root: str
    out: str
    parent: int
    steps: int
    saves: tuple[str, ...] = ()
    adapters: tuple[str, ...] = ()
    configurations: tuple[str, ...] = ()
