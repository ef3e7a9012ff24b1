"""Notes, line by line, in which modes the models of one file are, while the interpreter runs over it.

A `RecordingMachine` runs the blocks of the file in stretches of one line each, and after each stretch a `Recorder` reads the modes
of the models that have a name there. These are the states of the analysis itself: the recorder writes to none of them, and what
is found does not depend on whether it looks. A line that opens a loop or a `with` is noted as its body begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from modelint.interpreter.frame import Exits, Frame
from modelint.interpreter.linker import Linker
from modelint.interpreter.machine import Machine
from modelint.interpreter.state import State
from modelint.interpreter.visible import outer_names, parts_of, visible_models
from modelint.ir import ops
from modelint.ir.module import FunctionIR
from modelint.ir.walk import walk
from modelint.text.span import NOWHERE, Span

Block = tuple[ops.Op, ...]
REGIONS = (ops.If, ops.For, ops.While, ops.Try, ops.With)
TERMINATORS = (ops.Return, ops.Raise, ops.Break, ops.Continue)


class Stretch(NamedTuple):
    """Operations that run one after the other; `row` is the line that has run then, None if none has."""

    block: Block
    row: int | None


class Line(NamedTuple):
    """A line as it has run: how many functions deep, and whether in a run that starts in a program."""

    row: int
    depth: int
    concrete: bool


class Sight(NamedTuple):
    """How a line sees a model: what it can call it, its modes (as in `Mode.bits`, all that were seen together), and the modes
    seen only where nothing but an empty loop or an implicit exception leads."""

    names: tuple[str, ...]
    bits: int
    unlikely: int


class Name(NamedTuple):
    """A name of a model, in the order of preference: of the outermost caller, short, early."""

    depth: int
    length: int
    order: int
    text: str


@dataclass(slots=True)
class Sighting:
    """What was seen of one model object. `concrete`: in a run that starts in a program, not at a function that nobody calls.
    `bases`: the classes of the project that it is an instance of. `holders`: the modules that it is a direct part of, at some line."""

    class_name: str = ""
    bases: frozenset[str] = frozenset()
    concrete: bool = False
    lines: dict[int, Sight] = field(default_factory=dict)
    names: dict[str, Name] = field(default_factory=dict)
    holders: set[int] = field(default_factory=set)

    def call(self, text: str, depth: int) -> None:
        """The model has this name in a function so deep below the program."""
        known = self.names.get(text)
        if known is None:
            self.names[text] = Name(depth, text.count(".") + text.count("["), len(self.names), text)
        elif depth < known.depth:
            self.names[text] = known._replace(depth=depth)


class Recorder:
    """Collects the sightings in the file with this path. `meanings`: the models that a name stood for at a line. `machine` is the
    one that was watched, once there is one."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.models: dict[int, Sighting] = {}
        self.meanings: dict[tuple[int, str], set[int]] = {}
        self.machine: Machine | None = None
        self._outer: dict[int, frozenset[str]] = {}
        self._reached: set[int] = set()

    def note(self, machine: Machine, states: Iterable[State], frame: Frame, row: int) -> None:
        """The line `row` has run and left these states. Once a program has reached it, what starts elsewhere does not count: all
        programs are run before the functions that none of them calls."""
        if frame.concrete:
            self._reached.add(row)
        elif row in self._reached:
            return
        for state in states:
            if not state.modes:
                continue
            line = Line(row, len(state.stack), frame.concrete)
            for name, oid in dict.fromkeys(visible_models(machine, state, frame, self._outer_names(frame.ir))):
                self.meanings.setdefault((row, name), set()).add(oid)
                self._see_tree(machine, state, oid, name, line)

    def _outer_names(self, ir: FunctionIR) -> frozenset[str]:
        found = self._outer.get(id(ir.body))  # the function itself may be made anew for each run of a class body
        if found is None:
            found = self._outer[id(ir.body)] = outer_names(ir)
        return found

    def _see_tree(self, machine: Machine, state: State, whole: int, name: str, line: Line) -> None:
        """A model with its parts, also those that have no names of their own. What has no mode (nothing in it depends on one) holds
        nothing."""
        seen = {whole}
        pending: list[tuple[int, int | None, str]] = [(whole, None, name)]
        while pending:
            each, holder, path = pending.pop()
            if self._see(state, each, path, line):
                if holder is not None:
                    self.models[each].holders.add(holder)
                holder = each
            inner = [(attribute, part) for attribute, part in parts_of(machine, state, each) if part not in seen]
            seen.update(part for _, part in inner)
            for attribute, part in reversed(inner):
                text = f"{path}.{attribute}" if attribute.isidentifier() else f"{path}[{attribute}]"
                pending.append((part, holder, text))

    def _see(self, state: State, oid: int, name: str, line: Line) -> bool:
        """Note the mode of a model; false if it has none."""
        mode = state.modes.get(oid)
        if mode is None:
            return False
        sighting = self.models.get(oid)
        if sighting is None:
            sighting = self.models[oid] = Sighting()
        cls = state.heap[oid].cls if oid in state.heap else None
        if cls is not None and not (cls.is_stub and cls.name.startswith("_")):  # a stub's own names mean nothing to a reader
            sighting.class_name = cls.name
            sighting.bases = frozenset(base.name for base in cls.mro if not base.is_stub)
        sighting.concrete = sighting.concrete or line.concrete
        known = sighting.lines.get(line.row, Sight((), 0, 0))
        bits, unlikely = (mode.bits or 4, 0) if state.feasible else (0, mode.bits or 4)
        names = known.names if name in known.names else (*known.names, name)
        sighting.lines[line.row] = Sight(names, known.bits | bits, known.unlikely | unlikely)
        sighting.call(name, line.depth)
        return True


class RecordingMachine(Machine):
    """An interpreter whose states a recorder looks at."""

    reuses_calls = False  # a call that is not run again would not be seen in its other states

    def __init__(self, linker: Linker, recorder: Recorder) -> None:
        super().__init__(linker)
        self.recorder = recorder
        recorder.machine = self
        self._stretches: dict[int, list[Stretch]] = {}
        self._rows: dict[int, int | None] = {}
        """The line that a block belongs to at its beginning, by its id: that of the loop or `with` whose body it is."""
        self._inside_line: set[int] = set()
        """Blocks within one line, which has not run before they have."""

    def run_block(self, block: Block, states: list[State], frame: Frame, exits: Exits) -> list[State]:
        if (
            frame.is_stub
            or frame.module != self.recorder.path
            or self.active_dropouts is not None
            or id(block) in self._inside_line
        ):
            return super().run_block(block, states, frame, exits)
        stretches = self._stretches.get(id(block))
        if stretches is None:
            stretches = self._stretches[id(block)] = list(self._divided(block))
        for stretch in stretches:
            states = super().run_block(stretch.block, states, frame, exits)
            if stretch.row is not None:
                self.recorder.note(self, states, frame, stretch.row)
        return states

    def _divided(self, block: Block) -> Iterator[Stretch]:
        """The block in stretches of one line. What only a region or the end of the block finishes has run before it."""
        row, current = self._rows.get(id(block)), list[ops.Op]()
        for op in block:
            own = _row(op)
            if isinstance(op, REGIONS) and not self._is_inside(op, row):
                yield Stretch(tuple(current), None if self._opens(op) == row else row)
                yield Stretch((op,), None)
                row, current = None, []
                continue
            if own is not None and own != row:
                yield Stretch(tuple(current), row)
                row, current = own, []
            if isinstance(op, TERMINATORS) or (isinstance(op, ops.Yield) and not _is_of_line(op, current)):
                yield Stretch(tuple(current), row)
                row, current = None, []
            current.append(op)
        yield Stretch(tuple(current), row)

    def _opens(self, op: ops.Op) -> int | None:
        """The line in which the body of a loop or `with` begins: the bound target and the entered context belong to it."""
        if isinstance(op, (ops.For, ops.While, ops.With)) and op.body:
            self._rows[id(op.body)] = op.span.row
            return op.span.row
        return None

    def _is_inside(self, op: ops.Op, row: int | None) -> bool:
        """Whether a region is a part of the line: a conditional expression, a comprehension, a loop written in one line. What leaves
        it otherwise than at its end has lines of its own, though they may not be known."""
        operations = list(walk((op,)))
        rows = {each for inner in operations if (each := _row(inner)) is not None}
        if not rows <= {row} or any(isinstance(inner, (ops.Yield, *TERMINATORS)) for inner in operations):
            return False
        self._inside_line.update(id(each) for inner in operations for each in _blocks(inner) if each)
        return True


def _is_of_line(op: ops.Yield, current: list[ops.Op]) -> bool:
    """Whether a `yield` stands in the line of the operations before it, which has run only when it comes back: what it yields was
    computed there. A bare one does not say where it stands."""
    source = next((each for each in reversed(current) if getattr(each, "into", None) == op.value), None)
    return source is not None and _row(source) is not None


def _row(op: ops.Op) -> int | None:
    span: Span = getattr(op, "span", NOWHERE)
    return None if span == NOWHERE else span.row


def _blocks(op: ops.Op) -> tuple[Block, ...]:
    match op:
        case ops.If():
            return (op.then, op.orelse)
        case ops.For():
            return (op.body, op.orelse)
        case ops.While():
            return (op.test, op.body, op.orelse)
        case ops.Try():
            return (op.body, *(handler.body for handler in op.handlers), op.orelse, op.final)
        case ops.With():
            return (op.body,)
        case _:
            return ()


__all__ = ["Recorder", "RecordingMachine", "Sight", "Sighting"]
