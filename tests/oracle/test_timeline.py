"""What the timeline says of a line is what `module.training` says when the line has run."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable

import pytest

from modelint.config.schema import Config
from modelint.engine.options import Options
from modelint.engine.pipeline import check
from modelint.interpreter.lanes import Lane, lanes_of
from modelint.interpreter.timeline import Recorder
from tests.oracle import real
from tests.oracle.grammar.programs import program as generated
from tests.oracle.lines import Modes, Tracer, tracing
from tests.oracle.programs_on_disk import Program, programs

POSSIBLE = {"train": {"train"}, "eval": {"eval"}, "mixed": {"train", "eval"}, "unknown": {"train", "eval"}}
TURN_BY_TURN = "a generator runs to its end where it is consumed, not turn by turn with the loop"
DIFFERENT = {
    "calls_not_followed": "what such a call does to the mode is not seen",
    "generators_of_models": TURN_BY_TURN,
    "loops_that_may_not_run": "a loop is taken to run",
    "only_one_kind": "`apply` reaches the parts first, the interpreter the whole",
    "stage_by_stage": "the fourth iteration of a loop is not followed",
}
"""Programs in which the engine does not see what Python does; the test fails once it does."""
LOOSE = {
    "bound_on_one_way": "a way that ends where a name is not bound is there until then",
    "chosen_function": "which of the parts is named is decided at random, so that the engine follows both ways each time",
    "chosen_in_one_line": "which of the models is chosen is decided at random, so that the engine follows both ways each time",
    "continue_break": "a loop is taken to end after any of its iterations",
    "copies_of_holders": "the elements of a list of unknown length are one",
    "enumerated_models": "the elements of a list of unknown length are one",
    "generators_in_generators": "a loop that breaks off for what its data are may as well go on",
    "training_attribute": "the elements of `named_modules()` are not told apart by their order",
}
"""Programs of which the engine sees all modes and some more."""
CASES = [
    pytest.param(each, id=each.name, marks=[pytest.mark.xfail(reason=DIFFERENT[each.name])] if each.name in DIFFERENT else [])
    for each in programs()
    if not each.needs
]


def said(program: Program, folder: str) -> tuple[Lane, ...]:
    recorder = Recorder(program.main)
    check([folder], Config(root=folder), Options(jobs=1, use_cache=False, folder=folder), recorder)
    return lanes_of(recorder)


def happened(program: Program, folder: str, lanes: Iterable[Lane]) -> Modes:
    """By line and name, the modes in which the models really are."""
    wanted: dict[int, set[str]] = {}
    for lane in lanes:
        for row, mark in lane.marks.items():
            # `…` are elements that are not told apart, `<…>` layers that a stub does not enumerate
            wanted.setdefault(row, set()).update(name for name in mark.names if not {"…", "<"} & set(name))
    tracer = Tracer(os.path.join(folder, program.main), program.files[program.main], wanted)
    with tracing(tracer):
        real.run(program, folder)
    return tracer.modes


def left_out(lanes: Iterable[Lane], seen: Modes) -> Modes:
    """The modes that happen and that the timeline does not name."""
    possible: Modes = defaultdict(set)
    for lane in lanes:
        for row, mark in lane.marks.items():
            for name in mark.names:
                possible[row, name] |= POSSIBLE[mark.mode]
    return {place: modes - possible[place] for place, modes in seen.items() if not modes <= possible[place]}


def vague(lanes: Iterable[Lane], seen: Modes) -> list[str]:
    """The lines of which the timeline names a mode that does not happen."""
    found = []
    for lane in lanes:
        for row, mark in lane.marks.items():
            modes = set[str]().union(*(seen.get((row, name), set()) for name in mark.names))
            is_told_apart = not any({"…", "<"} & set(name) for name in mark.names)
            if modes and is_told_apart and mark.mode != "unknown" and not POSSIBLE[mark.mode] <= modes:
                found.append(f"line {row}: `{lane.name}` is said to be {mark.mode}, and is {modes}")
    return found


@pytest.mark.parametrize("program", CASES)
def test_timeline_agrees_with_execution(program: Program) -> None:
    with program.in_a_folder() as folder:
        lanes = said(program, folder)
        seen = happened(program, folder, lanes)
    assert seen, "some line has a model"
    assert not left_out(lanes, seen)
    if not program.has_unknowns and program.name not in LOOSE:
        assert not vague(lanes, seen)


PLAIN = [program for program, constructs in map(generated, range(120)) if not program.needs and "apply" not in constructs]
"""An adapter has names of its base's parts, which the interpreter does not; of `apply` see above."""


@pytest.mark.parametrize("batch", range(4))
def test_timeline_of_generated_programs_agrees_with_execution(batch: int) -> None:
    for program in PLAIN[batch::4]:
        with program.in_a_folder() as folder:
            lanes = said(program, folder)
            seen = happened(program, folder, lanes)
        assert seen, f"{program.name}: some line has a model"
        wrong = left_out(lanes, seen)
        assert not wrong, f"{program.name}: {wrong}\n{program.files[program.main]}"
        assert program.has_unknowns or not vague(lanes, seen), program.name
