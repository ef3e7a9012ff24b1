"""From files and rules to diagnostics: `analyse(files, resolver, config, rules) -> AnalysisResult`.

Spans in the diagnostics are in the coordinates of `SourceFile.text`; the pipeline moves those of notebooks to their cells.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import msgspec

from modelint.config.schema import Config
from modelint.diagnostics.diagnostic import Confidence, Diagnostic, Severity
from modelint.engine.words import stub_folders
from modelint.events import Site
from modelint.interpreter.emit import events_of
from modelint.interpreter.programs import Runner
from modelint.ir.module import ModuleIR
from modelint.judge.dispatch import dispatch
from modelint.judge.merge import merge
from modelint.judge.rule import Rule
from modelint.program.linker import Linker
from modelint.program.modules import Resolver
from modelint.program.stubs import StubLibrary
from modelint.text.source import SourceFile

RELEVANT = frozenset(
    "train eval backward step no_grad inference_mode from_pretrained generate predict fit save_pretrained get_peft_model set_grad_enabled"
    " reveal_mode training encode evaluate test validate Trainer manual_backward dropout".split()
)
RECURSION = 20_000


class AnalysedFile(msgspec.Struct, frozen=True):
    """A file with its IR."""

    source: SourceFile
    ir: ModuleIR


class AnalysisResult(msgspec.Struct, frozen=True):
    """What the rules found, and what the summary should count."""

    diagnostics: tuple[Diagnostic, ...]
    counters: Mapping[str, int]


def analyse(files: Sequence[AnalysedFile], resolver: Resolver, config: Config, rules: Sequence[Rule]) -> AnalysisResult:
    """The diagnostics of a program."""
    sources = {file.source.path: file.source for file in files}
    modules = {file.ir.path: file.ir for file in files}
    linker = Linker(modules, resolver, StubLibrary(stub_folders(config)), lambda path: sources[path].text)
    runner = Runner(linker, list(modules.values()), RELEVANT)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, RECURSION))
    try:
        runner.run()
    finally:
        sys.setrecursionlimit(limit)
    events = events_of(runner.machine)
    verdicts = dispatch(events, rules)
    diagnostics = merge(verdicts, rules, lambda site: linker.text_at(site.path, site.span))
    counters = {"entries": runner.entries, "entries cut short": runner.cut_entries, "calls cut short": runner.machine.log.depth_cuts}
    failures = [
        Diagnostic("", "internal-error", f"{type(error).__name__}: {error} in {name}", path, modules[path].functions[0].span, Severity.ERROR)
        for path, name, error in runner.failures
    ]
    return AnalysisResult((*diagnostics, *_revealed(runner), *failures), counters)


def _revealed(runner: Runner) -> list[Diagnostic]:
    found = []
    for site, reveal in runner.machine.log.reveals.items():
        text = "; ".join(f"{kind} {{{', '.join(sorted(modes))}}}" for kind, modes in sorted(reveal.modes.items()))
        found.append(_note(site, text or "no model"))
    return found


def _note(site: Site, text: str) -> Diagnostic:
    return Diagnostic("", "revealed-mode", text, site.path, site.span, Severity.NOTE, Confidence.CERTAIN, function=site.function)
