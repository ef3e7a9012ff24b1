"""Compares what a program did with what the interpreter says of it. Each comparison gives sentences, none if all is well.

Sound: every real forward is among the abstract ones of its line, with its modes and with its role in training. Precise: and the
other way round, where the program has no unknowns. Told: every wrong mode of the run is found; nothing certain is contradicted.
"""

from __future__ import annotations

import ast
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from modelint.diagnostics.diagnostic import Confidence, Diagnostic
from modelint.testing import expectations, mismatches
from tests.oracle import abstract, real
from tests.oracle.abstract import AbstractForward, Interpretation
from tests.oracle.programs_on_disk import Program
from tests.oracle.real import Leaf, Place, RealForward, Run

TRAINED_WRONGLY = {"ML101", "ML102", "ML103", "ML107"}
INFERRED_WRONGLY = {"ML104", "ML106"}
FROZEN_WRONGLY = {"ML109"}
AnyForward = TypeVar("AnyForward", AbstractForward, RealForward)


@dataclass
class Comparison:
    """`problems`: by what they are of (`sound`, `precise`, `told`, `contradicted`, `expected`, `crash`)."""

    program: Program
    problems: list[tuple[str, str]]
    forwards: int = 0
    steps: int = 0
    wrong: int = 0

    def __str__(self) -> str:
        return "\n".join(f"{kind}: {text}" for kind, text in self.problems)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for kind, _ in self.problems)


def compare(program: Program, *, judged: bool = True) -> Comparison:
    """Run a program both ways. `judged`: its comments say which findings there should be."""
    with program.in_a_folder() as folder:
        return compare_with(real.run(program, folder), program, folder, judged=judged)


def compare_with(run: Run, program: Program, folder: str, *, judged: bool) -> Comparison:
    """Interpret a program that was run and lies in the folder."""
    try:
        interpretation = abstract.interpret(folder)
    except Exception:  # a defect of the interpreter is a result
        return Comparison(program, [("crash", traceback.format_exc(limit=-6))])
    problems = [("sound", text) for text in unsound(run, interpretation)]
    if not program.has_unknowns:
        problems.extend(("precise", text) for text in imprecise(run, interpretation))
    if judged or not program.has_intent:
        problems.extend(("told", text) for text in untold(program, run, interpretation, silenced=judged))
    problems.extend(("contradicted", text) for text in contradicted(run, interpretation))
    if judged:
        for path, text in program.files.items():
            found = tuple(each for each in interpretation.diagnostics if each.filename == path)
            problems.extend(("expected", f"{path}: {problem}") for problem in mismatches(text, found))
    wrong = sum(bool(forward.wrongly_trained or forward.wrongly_inferred) for forward in run.forwards)
    return Comparison(program, list(dict.fromkeys(problems)), len(run.forwards), len(run.steps), wrong)


# ------------------------------------------------------------------ events
def unsound(run: Run, interpretation: Interpretation) -> Iterator[str]:
    by_place = _by_place(interpretation.forwards)
    for forward in _distinct(run.forwards):
        candidates = [each for each in by_place.get(forward.place, []) if _covers(each, forward)]
        role = "is trained" if forward.trained else "runs"
        if not by_place.get(forward.place):
            yield f"{_at(forward.place)} {forward.class_name} {role}, the interpreter knows no forward there"
        elif not candidates:
            said = "; ".join(sorted({_described(each) for each in by_place[forward.place]}))
            yield f"{_at(forward.place)} {forward.class_name} {role} with {_modes(forward.modes)}{_gradients(forward.gradients)}, the interpreter says {said}"
        elif forward.trained and not any(each.trained for each in candidates):
            yield f"{_at(forward.place)} {forward.class_name} is trained with {_modes(forward.modes)}, the interpreter knows the forward but no step that trains it"
    known = interpretation.steps | {(forward, None) for forward, step in run.steps if (forward, None) in interpretation.steps}
    for forward_place, step_place in sorted(run.steps):
        if (forward_place, step_place) not in known and (forward_place, None) not in known:
            yield f"{_at(step_place)} steps with the forward of {_at(forward_place)}, the interpreter does not know it"


def _covers(each: AbstractForward, forward: RealForward) -> bool:
    if each.gradients is not None and each.gradients != forward.gradients:
        return False
    return _is_of(each, forward)


def _is_of(each: AbstractForward, forward: RealForward) -> bool:
    """Whether the analysis speaks of all layers that were called, and of no others than there are."""
    return (each.unknown or forward.modes_at_work <= each.modes) and each.modes <= forward.modes


def imprecise(run: Run, interpretation: Interpretation) -> Iterator[str]:
    happened = _by_place(_distinct(run.forwards))
    for each in interpretation.forwards:
        if not each.feasible:
            continue
        alike = [forward for forward in happened.get(each.place, ()) if _is_of(each, forward)]
        if each.unknown:
            yield f"{_at(each.place)} the interpreter does not know all modes: {_modes(each.modes)}"
        elif each.place not in happened:
            yield f"{_at(each.place)} never runs, the interpreter says {_described(each)}"
        elif not alike:
            yield f"{_at(each.place)} never runs with {_modes(each.modes)}, as the interpreter says"
        elif each.trained and not any(forward.trained for forward in alike):
            yield f"{_at(each.place)} is never trained with {_modes(each.modes)}, as the interpreter says"


def _by_place(forwards: Iterable[AnyForward]) -> dict[Place, list[AnyForward]]:
    by_place: dict[Place, list[AnyForward]] = {}
    for each in forwards:
        by_place.setdefault(each.place, []).append(each)
    return by_place


def _distinct(forwards: Iterable[RealForward]) -> list[RealForward]:
    return list({(f.place, f.class_name, f.modes, f.modes_at_work, f.gradients, bool(f.trained)): f for f in forwards}.values())


# ------------------------------------------------------------------ findings
def untold(program: Program, run: Run, interpretation: Interpretation, *, silenced: bool) -> Iterator[str]:
    """Wrong modes of the run that no finding speaks of. A comment `ok:` on the line says that silence is meant."""
    meant = (
        {Place(path, item.row) for path, text in program.files.items() for item in expectations(text) if item.kind == "ok"}
        if silenced
        else set()
    )
    trained = {place for code in TRAINED_WRONGLY for place in interpretation.told.get(code, ())}
    inferred = {place for code in INFERRED_WRONGLY for place in interpretation.told.get(code, ())}
    # Where a flag decides whether gradients are recorded, nothing is said of inference.
    recording = {forward.place for forward in run.forwards if forward.gradients}
    for forward in _distinct(run.forwards):
        if forward.place in meant:
            continue
        if forward.wrongly_trained and forward.place not in trained:
            yield f"{_at(forward.place)} {forward.class_name} is trained with {_modes(forward.wrongly_trained)}, and no finding says so"
        silent = not silenced and (forward.place in recording or _may_be_meant(program, forward))
        if forward.wrongly_inferred and forward.place not in inferred and not silent:
            yield f"{_at(forward.place)} {forward.class_name} infers with {_modes(forward.wrongly_inferred)}, and no finding says so"


def _may_be_meant(program: Program, forward: RealForward) -> bool:
    """Whether silence may be right: the output is a target (by the name that it is given), or train mode is set by the function of the
    forward, by one that it calls, by the one that it is nested in, or by one that calls it and takes no step (in a program with
    comments, these say so)."""
    row = forward.place.row
    tree = ast.parse(program.files[forward.place.path])
    around: list[ast.AST] = [tree]
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and node.lineno == row and ast.unparse(node.targets[0]) == "target":
            return True
        if isinstance(node, ast.FunctionDef) and node.lineno <= row <= (node.end_lineno or 0):
            around.append(node)  # the walk goes from the outside in
    functions = [
        node for text in program.files.values() for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)
    ]
    helpers = [each for each in functions if each.name in _called(around[-1])]
    callers = [each for each in functions if _below(each, functions) & {getattr(around[-1], "name", "")}]
    setting = (*(around[1:][-2:] or around), *helpers, *(each for each in callers if "step" not in _below(each, functions)))
    return any(isinstance(node, ast.Attribute) and node.attr == "train" for function in setting for node in ast.walk(function))


def _called(function: ast.AST) -> set[str]:
    """The last names of what is called in a function."""
    return {ast.unparse(node.func).rpartition(".")[2] for node in ast.walk(function) if isinstance(node, ast.Call)}


def _below(function: ast.AST, functions: Iterable[ast.FunctionDef]) -> set[str]:
    """The names of all that a function calls, itself or through functions of the program."""
    found: set[str] = set()
    left = [function]
    while left:
        names = _called(left.pop()) - found
        found |= names
        left += [each for each in functions if each.name in names]
    return found


def _places(diagnostic: Diagnostic) -> list[Place]:
    return [
        Place(diagnostic.filename, diagnostic.span.row),
        *(Place(step.filename, step.span.row) for step in diagnostic.trace),
    ]


def contradicted(run: Run, interpretation: Interpretation) -> Iterator[str]:
    """Findings that are certain of lines that ran and were never wrong."""
    ran = {forward.place for forward in run.forwards}
    trained = {forward.place for forward in run.forwards if forward.wrongly_trained}
    inferred = {forward.place for forward in run.forwards if forward.inferred_in_train}
    frozen = {forward.place for forward in run.forwards if forward.frozen_in_train}
    wrong_places = {
        **dict.fromkeys(TRAINED_WRONGLY, trained), **dict.fromkeys(INFERRED_WRONGLY, inferred), **dict.fromkeys(FROZEN_WRONGLY, frozen),
    }  # fmt: skip
    for diagnostic in interpretation.diagnostics:
        if diagnostic.confidence is not Confidence.CERTAIN:
            continue
        wrong = wrong_places.get(diagnostic.code)
        forwards = {place for place in _places(diagnostic) if place in ran}
        if wrong is not None and forwards and not forwards & wrong:
            yield f"line {diagnostic.span.row}: {diagnostic.code} is certain, but the run was right there: {diagnostic.message}"


# ------------------------------------------------------------------ words
def _at(place: Place) -> str:
    return f"{place.path}:{place.row}"


def _modes(modes: frozenset[Leaf]) -> str:
    return "{" + ", ".join(f"{leaf.kind} {leaf.mode}" for leaf in sorted(modes)) + "}"


def _gradients(recorded: bool) -> str:
    return "" if recorded else " without gradients"


def _described(each: AbstractForward) -> str:
    words = _modes(each.modes)
    if each.unknown:
        words += " and unknown"
    if each.gradients is not True:
        words += " without gradients" if each.gradients is False else " with or without gradients"
    return words + (" trained" if each.trained else "") + ("" if each.feasible else " (not feasible)")
