"""Runs a program under the probe and judges what happened: `probe_script(...) -> ScriptProbe`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from modelint.config.schema import Config
from modelint.config.select import RuleId, Selection
from modelint.diagnostics.diagnostic import Confidence, Diagnostic, ProbeResult, Severity, Verdict
from modelint.engine.silence import Silencer
from modelint.events import Event, FunctionalDropout, ModuleBuilt, Site
from modelint.files.inputs import input_diagnostic
from modelint.files.read import read
from modelint.judge.dispatch import dispatch
from modelint.judge.merge import merge
from modelint.judge.pack import load_pack, load_rules
from modelint.probe.parent import Ending, Limits, Program, record
from modelint.probe.places import Places
from modelint.probe.protocol import Moment, Record, Settings
from modelint.probe.translate import events_of
from modelint.report.record import Report, exit_code, sort_key
from modelint.text.source import LineIndex, SourceFile

CUT_SHORT = "probe-cut-short"
TRACEBACK = "Traceback (most recent call last):"
PARTLY_SEEN = frozenset({ModuleBuilt, FunctionalDropout})
"""Events that a run gives only where it comes to use what they are about. Of dropouts made by hand it gives none."""


class TimelineRow(msgspec.Struct, frozen=True):
    """What happened at a place, `count` times in a row."""

    site: Site | None
    moment: Moment
    rank: int


class ScriptProbe(msgspec.Struct, frozen=True):
    """What a run showed. `steps` were seen by the process that saw most."""

    report: Report
    timeline: tuple[TimelineRow, ...]
    steps: int


def probe_script(
    program: Program,
    config: Config,
    limits: Limits,
    steps: int,
    echo: Callable[[bytes], None] = lambda text: None,
    waiting: Callable[[float, int, int], None] = lambda seconds, steps, inferences: None,
) -> ScriptProbe:
    """Run a program under hooks until `steps` training steps and an inference were seen, and let the rules judge. `waiting` is given
    now and then the seconds that have passed and the numbers of steps and inferences seen so far."""
    packs = [load_pack(name) for name in config.plugins]
    settings = Settings(
        root=config.root,
        out="",
        parent=0,
        steps=steps,
        saves=tuple(name for pack in packs for name in pack.saves),
        adapters=tuple(name for pack in packs for name in pack.adapters),
        configurations=tuple(name for pack in packs for name in pack.configurations),
    )

    def still(seconds: float, records: Sequence[Record]) -> None:
        counts = _most(records)
        waiting(seconds, counts["steps"], counts["inferences"])

    ending, records = record(program, settings, limits, echo, still)
    places = Places(config.root)
    events = list(dict.fromkeys(event for seen in records for event in events_of(seen, places)))
    found = _judged(events, places, config)
    diagnostics = sorted([*found, *_cut_short(ending, records, program.shown)], key=sort_key)
    counts = _most(records)
    counters = {
        "training steps seen": counts["steps"],
        "inference forwards seen": counts["inferences"],
        "processes": len(records),
        "problems of the probe": sum(len(seen.problems) for seen in records),
    }
    report = Report(tuple(diagnostics), counters, places.sources, exit_code(diagnostics))
    return ScriptProbe(report, tuple(_timeline(records, places)), counts["steps"])


def _judged(events: Sequence[Event], places: Places, config: Config) -> list[Diagnostic]:
    """What the rules find, without what is switched off or silenced."""
    rules = [loaded.rule for loaded in load_rules(config.plugins)]
    selection = Selection(config, [RuleId(rule.code, rule.name) for rule in rules])
    sources = places.sources
    found = merge(dispatch(events, rules), rules, lambda site: _text(sources[site.path], site) if site.path in sources else "")
    silencer = Silencer(sources, selection)
    certain_only = config.min_confidence == "certain"
    return [
        diagnostic
        for diagnostic in silencer.remaining(found)
        if not diagnostic.code
        or (
            selection.is_enabled(diagnostic.code, diagnostic.filename)
            and not (certain_only and diagnostic.confidence is Confidence.LIKELY)
        )
    ]


def _text(source: SourceFile, site: Site) -> str:
    """The source of a site, from one line."""
    line = LineIndex(source.text).line(site.span.row)
    end = site.span.end_column - 1 if site.span.end_row == site.span.row else None
    return line[site.span.column - 1 : end]


def _cut_short(ending: Ending, records: Sequence[Record], program: str) -> list[Diagnostic]:
    """A program that did not end well, or in which there was nothing to see, proves nothing by silence."""
    if any(seen.state == "enough" for seen in records) and ending.how == "itself":
        return []
    if ending.how == "timeout":
        why = f"it was stopped after {ending.seconds:.0f} seconds; --timeout gives it more"
    elif ending.how == "memory":
        why = "it was stopped for using more memory than it may; --memory gives it more"
    elif ending.code < 0:
        why = f"signal {-ending.code} ended it"
    elif ending.code > 0:
        last = _last_words(ending.output)
        why = f"it left with {ending.code}{f': {last}' if last else ''}"
    elif not records:
        why = "it never imported torch"
    elif all(seen.state == "running" for seen in records):
        why = "it left without an end that Python code sees"
    elif not any(seen.forwards for seen in records):
        why = "no model ran in it"
    else:
        return []
    steps = _most(records)["steps"]
    message = f"the program was seen up to training step {steps} only: {why}"
    return [input_diagnostic(CUT_SHORT, message, program, severity=Severity.WARNING)]


def _last_words(output: str) -> str:
    """What an exception says in the last traceback, else the last line."""
    lines = output.strip().rpartition(TRACEBACK)[2].strip("\n").split("\n")
    if TRACEBACK in output:
        return next((line for line in lines if line and not line[0].isspace()), "")
    return lines[-1]


def _most(records: Sequence[Record]) -> Counter[str]:
    """The counts of the process that saw most; the processes of one program see the same steps."""
    counts: Counter[str] = Counter()
    for seen in records:
        counts |= Counter(seen.counts)
    return counts


def _timeline(records: Sequence[Record], places: Places) -> list[TimelineRow]:
    rows = []
    for seen in records:
        for moment in seen.timeline:
            stack = seen.stacks[moment.stack]
            site = places.site(seen.places[stack[-1]]) if stack else None
            rows.append(TimelineRow(site, moment, seen.rank))
    return rows


def against(static: Sequence[Diagnostic], probed: ScriptProbe, config: Config) -> Report:
    """The findings of a check with what the run says of each, and what only the run shows."""
    seen = {_key(diagnostic): diagnostic for diagnostic in probed.report.diagnostics}
    rules = [loaded.rule for loaded in load_rules(config.plugins)]
    partly = {rule.code for rule in rules if any(kind in PARTLY_SEEN for kind, _ in rule.checks)}
    sources = _sources(static, config.root)
    judged = [
        replace(each, probe=_verdict(each, _seen(each, seen), probed.steps, partly, sources)) if each.code else each
        for each in static
    ]
    told = {_key(each) for each in (*static, *(_seen(each, seen) for each in static)) if each is not None}
    new = [diagnostic for diagnostic in probed.report.diagnostics if _key(diagnostic) not in told]
    diagnostics = sorted([*judged, *new], key=sort_key)
    sources |= probed.report.sources
    return replace(probed.report, diagnostics=tuple(diagnostics), sources=sources, exit_code=exit_code(diagnostics))


def _sources(diagnostics: Sequence[Diagnostic], root: str) -> dict[str, SourceFile]:
    names = {name for each in diagnostics for name in (each.filename, *(step.filename for step in each.trace))}
    results = [read(os.path.join(root, name), name) for name in sorted(names)]
    return {result.path: result for result in results if isinstance(result, SourceFile)}


def _key(diagnostic: Diagnostic) -> tuple[str, str, int]:
    return diagnostic.code, diagnostic.filename, diagnostic.span.row


def _seen(diagnostic: Diagnostic, seen: Mapping[tuple[str, str, int], Diagnostic]) -> Diagnostic | None:
    """What the run shows at the place of a finding, or at one of its trace: where a method of a model runs a part of it, a run sees that."""
    keys = (_key(diagnostic), *((diagnostic.code, step.filename, step.span.row) for step in diagnostic.trace))
    return next((seen[key] for key in keys if key in seen), None)


def _verdict(
    diagnostic: Diagnostic, seen: Diagnostic | None, steps: int, partly: Collection[str], sources: Collection[str]
) -> ProbeResult:
    if diagnostic.filename not in sources:
        reason = f"there is no {diagnostic.filename} in the project of the run; run it from where the check was run"
        return ProbeResult(Verdict.INCONCLUSIVE, (reason,))
    if seen is None and diagnostic.code in partly:
        return ProbeResult(Verdict.INCONCLUSIVE, ("the run made no such object, or did not come to show what it is like",))
    if seen is None:
        return ProbeResult(Verdict.NOT_REPRODUCED, (f"in {steps} steps",))
    return ProbeResult(Verdict.CONFIRMED, (f"in {steps} steps", *seen.notes[:1]))
