"""`check --probe`: makes the model of each finding and writes a verdict on it: `look(report, ...) -> Report`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable

import msgspec
from msgspec.structs import replace

from modelint.config.schema import Config
from modelint.diagnostics.diagnostic import Diagnostic, ProbeResult, Severity, Verdict
from modelint.diagnostics.fix import Fix
from modelint.engine.answers import Answers
from modelint.engine.premises import verdict
from modelint.events import Site
from modelint.files.read import read
from modelint.fixing.arguments import name_modules
from modelint.fixing.code import read_code
from modelint.judge.pack import load_pack
from modelint.judge.repair import NameModules
from modelint.probe.examine import Device, Facts, Wish, examine
from modelint.probe.recipe import Recipe, adapted, imported, recipe
from modelint.probe.scopes import Unknown
from modelint.report.record import Report, exit_code
from modelint.text.source import SourceFile


class LookOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the user allows. `example`: `module:function` that gives inputs. `cache`: where answers are kept, None for nowhere."""

    device: Device = "auto"
    seconds: float = 120.0
    gigabytes: float = 8.0
    network: bool = False
    remote_code: bool = False
    example: str = ""
    show_refuted: bool = False
    cache: str | None = None


def look(report: Report, config: Config, options: LookOptions, tell: Callable[[str], None]) -> Report:
    """The report with a verdict on each finding of a rule. Refuted ones do not count, and are shown, as notes, only when asked for. `tell` is
    given what is going on."""
    looked = _Look(config, options, tell, report)
    diagnostics = [looked.at(each) if each.code else each for each in report.diagnostics]
    left = [each for each in diagnostics if each.probe is None or each.probe.verdict is not Verdict.REFUTED]
    shown = [each if each in left else replace(each, severity=Severity.NOTE) for each in diagnostics]
    shown = shown if options.show_refuted else left
    counters = {**report.counters, "findings refuted": len(diagnostics) - len(left)}
    return replace(report, diagnostics=tuple(shown), counters=counters, exit_code=exit_code(left))


class _Look:
    """The looks of one run; what was made once is not made again."""

    def __init__(self, config: Config, options: LookOptions, tell: Callable[[str], None], report: Report) -> None:
        self._config, self._options, self._tell, self._sources = config, options, tell, report.sources
        self._count = sum(bool(each.code) for each in report.diagnostics)
        self._attach = next((pack.attach for pack in map(load_pack, config.plugins) if pack.attach), "")
        self._answers = Answers(options.cache)
        self._known: dict[Wish, Facts] = {}
        self._number = 0

    def at(self, diagnostic: Diagnostic) -> Diagnostic:
        """The finding with its verdict, and with the fix that the look made possible."""
        self._number += 1
        if not diagnostic.premise:
            return replace(diagnostic, probe=_inconclusive("the finding is about the source, not about a model"))
        if not diagnostic.origin:
            return replace(diagnostic, probe=_inconclusive("where the model is made is not known"))
        try:
            found = recipe([(step.filename, step.span) for step in diagnostic.origin], self._text, _module)
            text = adapted(found.text, without_weights=self._options.device == "meta", remote_code=self._options.remote_code)
        except Unknown as reason:
            return replace(diagnostic, probe=_inconclusive(str(reason)))
        facts = self._facts(diagnostic, found, self._wish(text, diagnostic))
        return replace(
            diagnostic, probe=verdict(diagnostic.premise, facts), fix=self._measured_fix(diagnostic, facts) or diagnostic.fix
        )

    def _measured_fix(self, diagnostic: Diagnostic, facts: Facts) -> Fix | None:
        """`modules_to_save` with the names that a load with them proved right."""
        if facts.adapter is None or facts.adapter.remaining is None or diagnostic.cell is not None:
            return None
        place = diagnostic.origin[-1]
        code = read_code(self._text(place.filename) or "")
        wanted = NameModules(Site(place.filename, "", place.span), facts.adapter.names)
        return name_modules(code, wanted) if code is not None else None

    def _wish(self, text: str, diagnostic: Diagnostic) -> Wish:
        script = os.path.join(self._config.root, os.path.dirname(diagnostic.origin[0].filename))
        roots = (script, self._config.root, *(os.path.join(self._config.root, folder) for folder in ("src", *self._config.src)))
        own = diagnostic.premise not in ("made-in-eval", "frozen")
        options = self._options
        return Wish(
            recipe=text,
            part=diagnostic.part if own else "",
            premises=(diagnostic.premise,),
            roots=tuple(dict.fromkeys(map(os.path.normpath, roots))),
            device=options.device,
            network=options.network,
            gigabytes=options.gigabytes,
            example=options.example,
            attach=self._attach,
        )

    def _facts(self, diagnostic: Diagnostic, found: Recipe, wish: Wish) -> Facts:
        if wish in self._known:
            return self._known[wish]
        place = f"{diagnostic.origin[-1].filename}:{diagnostic.origin[-1].span.row}"
        modules = [name for name in dict.fromkeys(imported(wish.recipe)) if _is_of_project(name, wish.roots)]
        imports = f", importing {', '.join(modules)}" if modules else ""
        facts = self._answers.get(wish)
        if facts is None:
            number = f"probe {self._number} of {self._count}"
            self._tell(f"{number}: {place}: makes `{found.shown}`{imports}")
            start = time.monotonic()
            facts = examine(
                wish, self._options.seconds, lambda seconds, stage: self._tell(f"{number}: {stage}, {seconds:.0f} s so far")
            )
            self._tell(f"{number}: {facts.error or 'done'}, {time.monotonic() - start:.1f} s")
            self._answers.keep(wish, facts)
        self._known[wish] = facts
        return facts

    def _text(self, path: str) -> str | None:
        """What was checked, which may differ from the file, else the file."""
        if path in self._sources:
            return self._sources[path].text
        result = read(os.path.join(self._config.root, path), path)
        return result.text if isinstance(result, SourceFile) else None


def _inconclusive(reason: str) -> ProbeResult:
    return ProbeResult(Verdict.INCONCLUSIVE, (reason,))


def _is_of_project(module: str, roots: Iterable[str]) -> bool:
    paths = [os.path.join(root, *module.split(".")) for root in roots]
    return any(os.path.isfile(f"{path}.py") or os.path.isfile(os.path.join(path, "__init__.py")) for path in paths)


def _module(path: str) -> str:
    """The dotted name under which a script in the root imports a file."""
    return path.removesuffix(".py").removesuffix("/__init__").removeprefix("src/").replace("/", ".")
