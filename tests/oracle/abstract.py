"""The abstract side: a program is interpreted as `modelint check` would, and what the machine noted is read back."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any
from unittest.mock import patch

from modelint.config.schema import Config
from modelint.diagnostics.diagnostic import Diagnostic
from modelint.engine import analysis
from modelint.engine.analysis import AnalysedFile
from modelint.engine.options import Options
from modelint.engine.project import Project
from modelint.engine.words import stub_folders
from modelint.engine.workers import lower_all
from modelint.interpreter.log import ForwardRecord
from modelint.interpreter.programs import Runner
from modelint.judge.dispatch import Verdicts, dispatch
from modelint.judge.pack import load_rules
from modelint.judge.rule import Rule
from modelint.program.stubs import StubLibrary
from tests.oracle.real import Leaf, Place

MODES = {"train": ("train",), "eval": ("eval",), "both": ("train", "eval")}


@dataclass(frozen=True)
class AbstractForward:
    """A forward in one way that its layers' modes may be. `gradients` None: not known. `unknown`: the modes, or the layers
    themselves, of some part are not known. `feasible`: false where only an empty loop or an implicit exception leads here."""

    place: Place
    modes: frozenset[Leaf]
    gradients: bool | None
    unknown: bool
    feasible: bool
    trained: bool


@dataclass
class Interpretation:
    forwards: list[AbstractForward]
    steps: set[tuple[Place, Place | None]]
    diagnostics: tuple[Diagnostic, ...]
    told: dict[str, set[Place]]
    """By code, the lines of the findings before findings of one defect became one diagnostic, whose trace is cut."""
    runner: Runner


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(loaded.rule for loaded in load_rules(Config(root="/").plugins))


@cache
def _stubs() -> StubLibrary:
    _rules()  # the rule packs know where their stubs are
    return StubLibrary(stub_folders(Config(root="/")))


def interpret(folder: str) -> Interpretation:
    """Interpret all files of a folder as one project. What breaks inside the interpreter is raised."""
    config = Config(root=folder)
    rules = _rules()
    project = Project([folder], config, Options(jobs=1, use_cache=False, folder=folder))
    sources = project.sources(project.related())
    lowered = lower_all(sources, None, 1)
    files = [AnalysedFile(source, ir) for source in sources if (ir := lowered[source.path].ir) is not None]
    assert len(files) == len(sources), [failure for result in lowered.values() for failure in result.failures]
    runners: list[Runner] = []

    def strict_runner(*arguments: Any) -> Runner:
        runners.append(Runner(*arguments))
        runners[0].machine.strict = True
        return runners[0]

    told: dict[str, set[Place]] = {}

    def noting_dispatch(*arguments: Any) -> Verdicts:
        verdicts = dispatch(*arguments)
        for finding in verdicts.findings:
            lines = (finding.site, finding.evidence, *(site for _, site in finding.story))
            told.setdefault(finding.code, set()).update(Place(site.path, site.span.row) for site in lines)
        return verdicts

    with ExitStack() as stack:
        for name, replacement in (
            ("Runner", strict_runner),
            ("StubLibrary", lambda folders: _stubs()),
            ("dispatch", noting_dispatch),
        ):
            stack.enter_context(patch.object(analysis, name, replacement))
        diagnostics = analysis.analyse(files, project.resolver, config, list(rules)).diagnostics
    broken = [each for each in diagnostics if each.name == "internal-error"]
    assert not broken, broken
    return Interpretation(list(_forwards(runners[0])), set(_steps(runners[0])), diagnostics, told, runners[0])


def _forwards(runner: Runner) -> Iterable[AbstractForward]:
    log = runner.machine.log
    trained = {step.forward for step, feasible in log.steps.items() if feasible}
    for record in log.forwards:
        if record.concrete and record.resolved and not record.method:
            for modes, unknown in _readings(record):
                place = Place(record.site.path, record.site.span.row)
                yield AbstractForward(place, modes, record.gradients, unknown, record.feasible, record.number in trained)


def _readings(record: ForwardRecord) -> Iterable[tuple[frozenset[Leaf], bool]]:
    """The ways in which the layers' modes may be; of what is unknown nothing is said."""
    known = [layer for layer in record.layers if layer.kind != "unknown" and layer.mode != "unknown"]
    unknown = len(known) < len(record.layers)
    ways = product(*({Leaf(layer.kind, mode) for mode in MODES[layer.mode]} for layer in known))
    for way in sorted({frozenset(way) for way in ways}, key=sorted):
        yield way, unknown


def _steps(runner: Runner) -> Iterable[tuple[Place, Place | None]]:
    log = runner.machine.log
    for step in log.steps:
        record = log.forwards[step.forward]
        if record.concrete:
            at = None if step.step is None else Place(step.step.path, step.step.span.row)
            yield Place(record.site.path, record.site.span.row), at
