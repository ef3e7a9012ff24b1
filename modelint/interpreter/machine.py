"""The interpreter of one program: it gives objects their identities and runs blocks and functions over states.

`Machine.run_block` takes the states that reach a block and gives those that leave it normally; states that leave it otherwise
are collected in `Exits`. What an operation does to a state is said in `operations`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from modelint.events import Cause, FunctionalDropout, Site, TrainOverride
from modelint.interpreter import calls, layers, models, operations, skipping
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.frame import Exits, Frame
from modelint.interpreter.heap import Object
from modelint.interpreter.joins import join_objects, merge
from modelint.interpreter.log import Log, StepRecord
from modelint.interpreter.state import Mode, Returned, State
from modelint.interpreter.values import NOTHING, UNKNOWN, ClassInfo, Data, Function, Key, Plain, Value, provenance
from modelint.ir import ops
from modelint.ir.module import FunctionIR
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.linker import Linker
    from modelint.program.relevance import Relevance
    from modelint.program.uses import Path

DEPTH = 32


class Machine:
    """The interpreter of one program: its tables of identities and the log of what happened. States come and go."""

    reuses_calls = True
    """A call from several states is run once where that makes no difference (see `reuse`)."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self.log = Log()
        self.steps_left = 0
        self.exhausted = False
        self.identities: dict[Key, int] = {}
        self.origins: dict[int, Key] = {}
        self.classes: dict[Key, ClassInfo] = {}
        self.iteration: tuple[tuple[int, str], ...] = ()
        self.reached: set[tuple[str, int]] = set()
        self.called: set[tuple[str, int]] = set()
        self.counted: dict[int, frozenset[str]] = {}
        """By the block of a loop, which lives as long as the program, the names of which it makes counts."""
        self.instantiated: set[tuple[str, int]] = set()
        self.on_stack: dict[tuple[str, int], int] = {}
        self.raising: list[State] = []
        """States that a call left by raising, on their way to the block that made the call."""
        self.created_at: dict[int, tuple[Site, tuple[Site, ...]]] = {}
        self.made: dict[ClassInfo, tuple[Site, ...]] = {}
        """The first place where a call makes an object of a class of modules of the project, behind the calls that lead there."""
        self.made_at: dict[Key, dict[int, None]] = {}
        """The objects that a call of a class made, by its place: one for each class that it may be."""
        self.modes_set: dict[int, dict[Mode, None]] = {}
        """The modes that calls set modules to, with what set them."""
        self.apart: set[tuple[int, Site]] = set()
        """Modules and the mode calls on just them."""
        self.taken_back: set[tuple[int, Site]] = set()
        """Modules and the calls that undid, on a part that they belong to, what the whole had just been set to, or that a `forward` makes each
        time before it runs the part."""
        self.paths_read: dict[tuple[ClassInfo, frozenset[str]], frozenset[Path] | None] = {}
        """What methods of classes read from their object."""
        self.forward_leaves: list[tuple[layers.Leaf, ...]] = []
        self.snapshots: list[models.Description] = []
        self.step_owned: dict[StepRecord, set[int]] = {}
        self.loaders: dict[int, str] = {}
        self.named_containers: set[int] = set()
        """The lists and dicts with models in them whose names are known to matter."""
        self.insensitive: set[Key] = set()
        """The results of calls into libraries whose layers that depend on the mode are all known."""
        self.constructed: dict[Key, Cause] = {}
        """Results of calls of classes that are not known: should they turn out to be modules, they were made in train mode."""
        self.attributes_of: dict[Key, dict[Key, Data]] = {}
        """The attributes of unknown values that were treated as modules before the value itself was."""
        self.base = State()
        self.depth_limit = DEPTH
        self.strict = False
        self.modes_inside: dict[int, Mode] = {}
        """The modes in which the layers ran that the `forward` which is being run has called so far."""
        self.active_dropouts: dict[Site, FunctionalDropout] | None = None
        """Those met so far, while a `forward` is run in one mode to see just that."""
        self.version_reaches: Callable[[str, list[int]], bool] = lambda library, numbers: True
        self.relevance: Relevance | None = None
        self.builders: Relevance | None = None
        """The functions that may build a model, or reach one by a global name."""
        self.volatile: frozenset[str] = frozenset()
        self.catching = 0
        """How many `try` blocks with handlers are being run: without one, what an exception leaves behind is of no interest."""
        self.alternatives: dict[Key, set[Key]] = {}
        """Unknown values that may be the value with this key or another one."""
        self.decided = 0
        """How many tests were decided by what a state had assumed."""
        self.tested: dict[Key, tuple[Value, Value, Value]] = {}
        """Tests of one of several values: the values, those that the test may accept, and those that it may refuse."""
        self.known_guards: set[Key] = set()
        self.guarded: dict[Key, set[Key]] = {}
        """The guards that are about the result of a call or a loop variable, by its key."""
        self.sensitive_by_library: set[int] = set()
        """The modules of which a library, and not only their own code, says that they depend on the mode in another way."""
        self.overriding: set[int] = set()
        """The modules whose class has a `train` of its own."""
        self.train_overrides: dict[models.ClassName, TrainOverride] = {}
        self.handlers = operations.handlers(self)

    # -- identities
    def identity(self, key: Key) -> int:
        oid = self.identities.get(key)
        if oid is None:
            oid = self.identities[key] = len(self.identities) + 1
            self.origins[oid] = key
        return oid

    def site(self, frame: Frame, span: Span) -> Site:
        if frame.is_stub and frame.site is not None:
            return frame.site
        return Site(frame.module, frame.ir.qualname, span)

    def begin(self, budget: int) -> None:
        """A new entry: its own budget, nothing on the stack."""
        self.steps_left, self.exhausted = budget, False
        self.construction_left, self.is_constructing = budget // 2, False
        self.on_stack.clear()
        self.raising.clear()
        self.catching = 0
        self.iteration = ()

    def construct(self, run: Callable[[], list[Returned]]) -> list[Returned]:
        """Run the constructor of a module: all that an entry makes, with whatever is made inside, may take half of its budget, so that what
        the program does with it is seen too. No state comes back if that is spent."""
        before = self.steps_left
        self.is_constructing = True
        try:
            with self.at_most(self.construction_left):
                return run()
        finally:
            self.is_constructing = False
            self.construction_left -= before - self.steps_left

    @contextmanager
    def at_most(self, steps: int) -> Iterator[None]:
        """A part of an entry gets a share of its budget: where that is spent, what comes after the part goes on."""
        kept = max(self.steps_left - steps, 0)
        self.steps_left -= kept
        try:
            yield
        finally:
            self.steps_left = max(self.steps_left, 0) + kept

    def call_entry(self, state: State, function: Value, arguments: Arguments, frame: Frame, ir: FunctionIR) -> list[Returned]:
        """Call what nobody calls; the call itself is no step of any trace."""
        return calls.call_value(self, state, function, arguments, frame, ir.header)

    def unrolled(self) -> Key:
        """Which iterations of unrolled loops this is: what they make is told apart."""
        return tuple(tag for tag in self.iteration if tag[1].isdigit())

    def note_dropout(self, dropout: FunctionalDropout) -> None:
        """A dropout runs that does not look at the mode."""
        if self.active_dropouts is not None:
            self.log.activity += 1
            self.active_dropouts.setdefault(dropout.site, dropout)

    def enclosing_class(self, frame: Frame) -> str:
        return frame.owner.name if frame.owner is not None and not frame.owner.is_stub else ""

    def fresh(self, state: State, oid: int, frame: Frame) -> None:
        """A site allocates again: what it made before becomes the older object, unless nothing tells the two apart."""
        mode = state.modes.get(oid)
        if oid not in state.heap:
            return
        if (mode is None or mode.bits == 1) and (oid, "weights") not in state.facts:
            return
        older = self.identity(("older", oid))
        obj = state.heap.pop(oid)
        state.owned.discard(oid)
        state.add(older, join_objects(state.heap[older], obj) if older in state.heap else obj.clone())
        if mode is not None:
            state.set_mode(older, mode.join(state.modes[older]) if older in state.modes else mode)
            del state.modes[oid]
        for key in [key for key in state.facts if key[0] == oid]:
            state.facts[older, key[1]] = state.facts.pop(key)
        if older not in self.created_at and oid in self.created_at:
            self.created_at[older] = self.created_at[oid]
        state.rename(oid, older)

    # -- blocks
    def run_block(self, block: tuple[ops.Op, ...], states: list[State], frame: Frame, exits: Exits) -> list[State]:
        handlers = self.handlers
        for op in block:
            if not states:
                return states
            self.steps_left -= len(states)
            if self.steps_left < 0:
                self._cut(states)
                return []
            states = handlers[type(op)](op, states, frame, exits)
            if self.raising:
                self.take_raising(frame, exits)
        return states

    def _cut(self, states: list[State]) -> None:
        """The budget is spent."""
        self.exhausted = True
        for state in states:
            self.give_up(state)

    def give_up(self, state: State) -> None:
        """The state is not followed any further: of the outputs that are still at hand, nobody will see what becomes of them."""
        held = provenance(value for frame in (state.locals, *state.stack) for value in frame.values())
        kept = provenance(value for _, obj in state.heap.written() for value in obj.attributes.values())
        self.log.use(held.data | kept.data, "cut")

    def take_raising(self, frame: Frame, exits: Exits) -> None:
        """States that left a call of this frame by raising: those whose frames below are the frame's own."""
        exits.raised.extend(state for state in self.raising if len(state.stack) == frame.level)
        self.raising = [state for state in self.raising if len(state.stack) != frame.level]

    # -- functions
    def run_function(self, state: State, function: Function, bindings: dict[str, Value], frame: Frame) -> list[Returned]:
        """Run the body with its parameters bound; the callers' locals are back in place in what is returned."""
        state.push(dict(bindings.items()))
        frame.level = len(state.stack)
        self.enter_cells(state, function.ir, frame)
        exits = Exits()
        frame.function = function
        normal = self.run_block(function.ir.body, [state], frame, exits)
        for end in normal:
            end.locals = {"<return>": NOTHING}
        for end in exits.returned:
            end.locals = {"<return>": end.locals.get("<return>", UNKNOWN)}
        results: list[Returned] = []
        for end in merge([*normal, *exits.returned]):
            value = end.locals["<return>"]
            end.pop()
            results.append((end, value))
        if self.catching:
            raised = merge(exits.raised)
            for end in raised:
                end.pop()
            self.raising.extend(raised)
        return results

    def enter_cells(self, state: State, ir: FunctionIR, frame: Frame) -> None:
        """Captured variables live in an object of their own, so that the closure and the function see the same."""
        if ir.cells:
            oid = self.identity(("cells", frame.module, ir.index, frame.context, self.unrolled()))
            captured: dict[Plain, Value] = {name: state.locals.pop(name) for name in ir.cells if name in state.locals}
            for name, value in captured.items():
                skipping.name_holds(self, state, str(name), value)
            state.add(oid, Object("cells", None, captured))
            frame.cells = (oid, *frame.cells)
