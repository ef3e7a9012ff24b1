"""A whole run on one screen: `check(paths, config, options) -> Report`.

Whatever is wrong with one file is a diagnostic about it, and the run goes on; the exit code of the report says so. Only what
concerns the run as a whole is raised: a path that does not exist, a wrong configuration, a rule pack that cannot be loaded.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from modelint.config.schema import Config
from modelint.config.select import RuleId, Selection
from modelint.diagnostics.diagnostic import Confidence, Diagnostic
from modelint.engine.analysis import AnalysedFile, AnalysisResult, analyse
from modelint.engine.cache import FOLDER, Cache
from modelint.engine.cells import in_cells
from modelint.engine.options import Options
from modelint.engine.project import Project
from modelint.engine.silence import Silencer
from modelint.engine.words import library_words
from modelint.engine.workers import Lowered, internal_message, lower_all
from modelint.files.inputs import SYNTAX_ERROR, input_diagnostic
from modelint.judge.pack import load_rules
from modelint.report.record import INTERNAL_ERROR, Report, exit_code, sort_key
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.timeline import Recorder
    from modelint.judge.rule import Rule

READ_AS = f"read as Python {sys.version_info.major}.{sys.version_info.minor}, which modelint runs under: newer syntax needs a newer one"


def check(paths: Sequence[str], config: Config, options: Options | None = None, recorder: Recorder | None = None) -> Report:
    """Checks the files that `paths` mean. A recorder looks on at the interpretation."""
    options = options or Options()
    rules = [loaded.rule for loaded in load_rules(config.plugins)]
    selection = Selection(config, [RuleId(rule.code, rule.name) for rule in rules])
    project, related, lowered, files = gather(paths, config, options)
    analysis, crashes = _analysed(files, project, config, rules, recorder)

    silencer = Silencer({source.path: source for source in project.sources(related)}, selection)
    remaining = silencer.remaining(analysis.diagnostics)
    shown = _shown(remaining, project, selection, config)
    broken = _parse_diagnostics(lowered, project.given)
    unjudged = {diagnostic.filename for diagnostic in broken}
    unused = [] if crashes else silencer.unused(sorted(project.given - unjudged))

    diagnostics = [*project.input_diagnostics(), *broken, *crashes, *shown, *unused]
    counters = _counters(project, related, lowered, analysis, len(analysis.diagnostics) - len(remaining))
    return _report(diagnostics, counters, project)


class Gathered(NamedTuple):
    """What a run is about. `related`: the files and all that they import; `lowered`: those of them that matter to models; `files`: those of
    these that parse."""

    project: Project
    related: list[str]
    lowered: dict[str, Lowered]
    files: list[AnalysedFile]


def gather(paths: Sequence[str], config: Config, options: Options) -> Gathered:
    """Finds, reads and lowers what is to be analysed. The rule packs are loaded: they bring the stubs."""
    words = library_words(config)
    project = Project(paths, config, options, words)
    related = project.related()
    sources = {source.path: source for source in project.sources(project.relevant(related, words))}
    lowered = lower_all(list(sources.values()), _cache(config, options), options.jobs)
    files = [AnalysedFile(sources[path], result.ir) for path, result in lowered.items() if result.ir is not None]
    return Gathered(project, related, lowered, files)


def _cache(config: Config, options: Options) -> Cache | None:
    import os

    if not options.use_cache:
        return None
    return Cache(options.cache_dir or os.path.join(config.root, FOLDER))


class _Analysed(NamedTuple):
    result: AnalysisResult
    crashes: list[Diagnostic]


def _analysed(
    files: Sequence[AnalysedFile], project: Project, config: Config, rules: Sequence[Rule], recorder: Recorder | None
) -> _Analysed:
    try:
        return _Analysed(analyse(files, project.resolver, config, rules, project.starting(), recorder), [])
    except Exception as error:
        # The analysis contains what goes wrong in one entry; what reaches this place concerns no file in particular.
        crash = input_diagnostic(INTERNAL_ERROR, internal_message(error), ".")
        return _Analysed(AnalysisResult((), {}), [crash])


def _shown(diagnostics: Iterable[Diagnostic], project: Project, selection: Selection, config: Config) -> list[Diagnostic]:
    """Those that concern a given file, of rules that are enabled there, sure enough for the configuration."""
    certain_only = config.min_confidence == "certain"
    return [
        located
        for diagnostic in diagnostics
        if selection.is_enabled(diagnostic.code, diagnostic.filename)
        and not (certain_only and diagnostic.confidence is Confidence.LIKELY)
        and (located := _concerning(diagnostic, project.given)) is not None
    ]


def _concerning(diagnostic: Diagnostic, given: frozenset[str]) -> Diagnostic | None:
    """The diagnostic if it touches a given file or says that modelint broke. Where only its trace touches one, the message
    starts at that step."""
    if diagnostic.filename in given or diagnostic.name == INTERNAL_ERROR:
        return diagnostic
    for step in diagnostic.trace:
        if step.filename in given:
            return replace(diagnostic, message=f"`{step.filename}:{step.span.row}` {step.message}: {diagnostic.message}")
    return None


def _parse_diagnostics(lowered: Mapping[str, Lowered], given: frozenset[str]) -> list[Diagnostic]:
    """What given files do not parse, or broke modelint. Of other files only the latter is told."""
    found = []
    for path, result in lowered.items():
        for failure in result.failures:
            if path in given or failure.is_internal:
                name = INTERNAL_ERROR if failure.is_internal else SYNTAX_ERROR
                span = Span(failure.row, failure.column, failure.row, failure.column)
                diagnostic = input_diagnostic(name, failure.message, path, span)
                found.append(diagnostic if failure.is_internal else replace(diagnostic, notes=(READ_AS,)))
    return found


def _counters(
    project: Project,
    related: Sequence[str],
    lowered: Mapping[str, Lowered],
    analysis: AnalysisResult,
    suppressed: int,
) -> dict[str, int]:
    """What the summary says about the run; what a cache or the number of processes decides is not in it."""
    given = project.sources(sorted(project.given))
    unparsed = {path for path, result in lowered.items() if result.ir is None}
    return {
        "files checked": sum(source.path not in unparsed for source in given),
        "notebooks": sum(source.is_notebook for source in given),
        "other files read": len(set(related) - project.given),
        "files that use no known library": len(project.sources(related)) - len(lowered),
        "files not parsed": len(unparsed),
        "notebooks in other languages": project.other_languages(),
        "cells in other languages": sum(source.skipped_cells for source in given),
        "constructs not modelled": sum(result.ir.havocs for result in lowered.values() if result.ir is not None),
        "findings suppressed": suppressed,
        "listings of the project cut short": int(not project.is_complete),
        **analysis.counters,
    }


def _report(diagnostics: Iterable[Diagnostic], counters: Mapping[str, int], project: Project) -> Report:
    unique = dict.fromkeys(diagnostics)
    mentioned = {path for diagnostic in unique for path in _files_of(diagnostic)}
    sources = {source.path: source for source in project.sources(sorted(mentioned & project.paths))}
    ordered = sorted((in_cells(diagnostic, sources) for diagnostic in unique), key=sort_key)
    return Report(tuple(ordered), counters, sources, exit_code(ordered), project.given)


def _files_of(diagnostic: Diagnostic) -> Iterable[str]:
    yield diagnostic.filename
    for step in diagnostic.trace:
        yield step.filename
    for edit in diagnostic.fix.edits if diagnostic.fix else ():
        yield edit.filename
