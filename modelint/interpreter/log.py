"""What happened while a program was interpreted: forwards with the modes they saw and what became of their outputs, steps, and
the other events. Only grows; the same forward seen again in the same modes is the same record."""

from __future__ import annotations

from dataclasses import dataclass, field

from modelint.events import Cause, Event, Iteration, LayersKnown, LayerState, Site
from modelint.interpreter.models import Description
from modelint.interpreter.values import Key


@dataclass(slots=True)
class ForwardRecord:
    """A forward before it is known what it is for. `uses` collects what its output went into: `backward` (through the graph),
    `target` (a backward depends on it as data), `plain` (it ended as plain data), `escaped` (it left with its graph to where
    it cannot be followed), `used` (anything but its shape was looked at), `fetched` (moved to the CPU), `returned:NAME` (returned from an entry), `prepares` (it was used
    as a model, or went into the model's forward, so that this call was none), `cut` (the budget or the path ended before all was seen that
    becomes of it)."""

    number: int
    oid: int
    site: Site
    calls: tuple[Site, ...]
    layers: tuple[LayerState, ...]
    layers_known: LayersKnown
    gradients: bool | None
    concrete: bool
    iteration: Iteration
    text: str
    method: str
    weights: Cause | None
    weights_everywhere: bool
    """They mean something on every path that leads here."""
    in_stub: bool
    resolved: bool
    feasible: bool = False
    infer: bool = False
    uses: set[str] = field(default_factory=set)
    whole: WholeCall | None = None
    """The call of a method of the model that this is a part of, where its caller gets the output."""


@dataclass(frozen=True, slots=True)
class WholeCall:
    """A call of a method other than `forward` that runs a part of its object: `model.encode(x)`. `path`: the part's, from the object `oid`.
    `text`: the callee as written."""

    oid: int
    site: Site
    calls: tuple[Site, ...]
    text: str
    path: str
    described: Description


@dataclass(frozen=True, slots=True)
class StepRecord:
    """A step that used the gradients of a forward."""

    forward: int
    backward: Site
    step: Site | None
    trainer: str
    owned: bool
    calls: tuple[Site, ...]
    optimizer: Key | None
    """The identity of an optimizer of which nobody knows what it owns."""


@dataclass(slots=True)
class Reveal:
    """What `reveal_mode(x)` showed: the modes of each kind of layer, over all states."""

    site: Site
    modes: dict[str, set[str]]


class Log:
    """The record of one program."""

    def __init__(self) -> None:
        self.forwards: list[ForwardRecord] = []
        self.by_key: dict[Key, int] = {}
        self.steps: dict[StepRecord, bool] = {}
        self.events: dict[Event, None] = {}
        self.reveals: dict[Site, Reveal] = {}
        self.evidence: dict[int, set[str]] = {}
        self.backward_sites: list[Site] = []
        self.backward_numbers: dict[Site, int] = {}
        self.depth_cuts = 0
        self.activity = 0
        """Grows with whatever concerns models, also if it was seen before: where it stands still, nothing did."""

    def backward_number(self, site: Site) -> int:
        number = self.backward_numbers.get(site)
        if number is None:
            number = self.backward_numbers[site] = len(self.backward_sites)
            self.backward_sites.append(site)
        return number

    def event(self, event: Event) -> None:
        self.activity += 1
        self.events[event] = None

    def step(self, record: StepRecord, *, feasible: bool) -> None:
        self.activity += 1
        self.steps[record] = self.steps.get(record, False) or feasible

    def note(self, oid: int, what: str) -> None:
        """Evidence that an unknown object is a model, or is not."""
        self.activity += 1
        self.evidence.setdefault(oid, set()).add(what)

    def use(self, numbers: frozenset[int], what: str) -> None:
        self.activity += len(numbers)
        for number in numbers:
            self.forwards[number].uses.add(what)
