"""From files and rules to diagnostics: `analyse(files, resolver, config, rules) -> AnalysisResult`.

Spans in the diagnostics are in the coordinates of `SourceFile.text`; the pipeline moves those of notebooks to their cells.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping, Sequence

import msgspec

from modelint.config.schema import Config
from modelint.config.versions import LibraryVersions
from modelint.diagnostics.diagnostic import Confidence, Diagnostic, Severity
from modelint.engine.words import stub_folders
from modelint.events import Site
from modelint.fixing.repairs import Fixer
from modelint.interpreter.built import probe_classes
from modelint.interpreter.emit import events_of
from modelint.interpreter.linker import Linker
from modelint.interpreter.programs import Runner
from modelint.interpreter.timeline import Recorder
from modelint.ir.module import ModuleIR
from modelint.judge.context import Finding
from modelint.judge.dispatch import dispatch
from modelint.judge.merge import merge
from modelint.judge.origins import Origins
from modelint.judge.rule import Rule
from modelint.program.modules import Resolver
from modelint.program.stubs import StubLibrary
from modelint.text.source import SourceFile

RELEVANT = frozenset(
    "train eval backward step no_grad inference_mode set_grad_enabled from_pretrained generate save_pretrained get_peft_model"
    " reveal_mode training manual_backward dropout optim Adam AdamW SGD".split()
)
FRAMEWORKS = frozenset("lightning pytorch_lightning transformers sentence_transformers trl gliner accelerate".split())
FRAMEWORK_WORDS = frozenset("fit predict evaluate test validate encode Trainer".split())
RECURSION = 20_000
COLLECTION = 100_000
"""New objects after which garbage is looked for. States are many and in no circles: the default looks at them again and again."""


class AnalysedFile(msgspec.Struct, frozen=True):
    """A file with its IR."""

    source: SourceFile
    ir: ModuleIR


class AnalysisResult(msgspec.Struct, frozen=True):
    """What the rules found, and what the summary should count."""

    diagnostics: tuple[Diagnostic, ...]
    counters: Mapping[str, int]


def analyse(
    files: Sequence[AnalysedFile],
    resolver: Resolver,
    config: Config,
    rules: Sequence[Rule],
    starting: frozenset[str] | None = None,
    recorder: Recorder | None = None,
) -> AnalysisResult:
    """The diagnostics of a project. Programs and uncalled functions are run of the files in `starting`, of all files if that is None;
    the others are only there to be called. A recorder looks on."""
    sources = {file.source.path: file.source for file in files}
    runner = interpret(files, resolver, config, starting, recorder)
    linker = runner.linker
    events = events_of(runner.machine)
    verdicts = dispatch(events, rules)
    fixer = Fixer(verdicts.findings, events, lambda path: sources[path].text if path in sources else "")
    origins = Origins(events, rules)
    diagnostics = merge(verdicts, rules, lambda site: linker.excerpts.at(site.path, site.span), fixer.fix, origins.of)
    counters = {
        "entries": runner.entries,
        "entries cut short": runner.cut_entries,
        "calls cut short": runner.machine.log.depth_cuts,
    }
    unfixed = [_unfixed(finding, error) for finding, error in fixer.failures]
    failures = [
        Diagnostic(
            "",
            "internal-error",
            f"{type(error).__name__}: {error} in {name}",
            path,
            linker.module(path).functions[0].span,
            Severity.ERROR,
        )
        for path, name, error in runner.failures
    ]
    return AnalysisResult((*diagnostics, *_revealed(runner), *failures, *unfixed), counters)


def interpret(
    files: Sequence[AnalysedFile],
    resolver: Resolver,
    config: Config,
    starting: frozenset[str] | None = None,
    recorder: Recorder | None = None,
    *,
    strict: bool = False,
) -> Runner:
    """Run all programs of a project. `strict`: what breaks is raised, and not contained in its entry."""
    sources = {file.source.path: file.source for file in files}
    modules = {file.ir.path: file.ir for file in files}
    linker = Linker(modules, resolver, StubLibrary(stub_folders(config)), lambda path: sources[path].text)
    imported = {module.partition(".")[0] for ir in modules.values() for module, _, level in ir.imports if level == 0}
    words = RELEVANT | (FRAMEWORK_WORDS if imported & FRAMEWORKS else frozenset())
    runner = Runner(linker, list(modules.values()), words, starting, recorder)
    runner.machine.version_reaches = _version_test(config, modules)
    if strict:
        runner.machine.strict = True
    limit, thresholds = sys.getrecursionlimit(), gc.get_threshold()
    sys.setrecursionlimit(max(limit, RECURSION))
    gc.set_threshold(COLLECTION, *thresholds[1:])
    try:
        runner.run()
        probe_classes(runner)
    finally:
        sys.setrecursionlimit(limit)
        gc.set_threshold(*thresholds)
    return runner


def _version_test(config: Config, modules: Mapping[str, ModuleIR]) -> Callable[[str, list[int]], bool]:
    """Whether the project uses a library in at least some version, as the first file that imports it would have it."""
    versions = LibraryVersions(config.root, config.library_versions)

    def reaches(library: str, numbers: list[int]) -> bool:
        users = [
            path
            for path, ir in sorted(modules.items())
            if any(m.partition(".")[0] == library for m, _, level in ir.imports if level == 0)
        ]
        version = versions.of(library, users[0] if users else "")
        return version is None or version.at_least(numbers)

    return reaches


def _revealed(runner: Runner) -> list[Diagnostic]:
    found = []
    for site, reveal in runner.machine.log.reveals.items():
        text = "; ".join(f"{kind} {{{', '.join(sorted(modes))}}}" for kind, modes in sorted(reveal.modes.items()))
        found.append(_note(site, text or "no model"))
    return found


def _unfixed(finding: Finding, error: Exception) -> Diagnostic:
    message = f"{type(error).__name__}: {error} in the fix of {finding.code}"
    return Diagnostic("", "internal-error", message, finding.site.path, finding.site.span, Severity.ERROR)


def _note(site: Site, text: str) -> Diagnostic:
    return Diagnostic(
        "", "revealed-mode", text, site.path, site.span, Severity.NOTE, Confidence.CERTAIN, function=site.function
    )
