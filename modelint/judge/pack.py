"""Rule packs: Python packages named in the configuration, whose every module is one rule.

A pack that cannot be loaded stops the run: fewer rules than asked for would look like fewer bugs.
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType

from modelint.errors import PackError
from modelint.judge.page import Page, parse_page
from modelint.judge.rule import Rule

_CODE = re.compile(r"[A-Z]{2,4}[0-9]{3}")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack's package declares as `PACK`: its import name, and the folder in it that holds stubs, "" for none.

    And what the runtime probe should know of libraries, as dotted names: `saves`, functions that write the tensors of their
    first argument to a file; `adapters`, the classes of adapter models and layers; `configurations`, those of their configurations;
    `attach`, the function that makes an adapter model of a model and a configuration.
    """

    name: str
    stubs: str = ""
    saves: tuple[str, ...] = ()
    adapters: tuple[str, ...] = ()
    configurations: tuple[str, ...] = ()
    attach: str = ""


@dataclass(frozen=True, slots=True)
class LoadedRule:
    """A rule with its page and the file that it comes from."""

    rule: Rule
    page: Page
    path: str

    @property
    def markdown(self) -> str:
        """The page under its title."""
        sections = "".join(f"\n## {heading}\n\n{text}" for heading, text in self.page.sections.items())
        return f"# {self.rule.name} ({self.rule.code})\n\n{self.page.summary}\n{sections}"


def load_rules(packs: Iterable[str]) -> tuple[LoadedRule, ...]:
    """The rules of these packs by code."""
    rules = [rule for pack in packs for rule in _load_pack(pack)]
    rules.sort(key=lambda loaded: loaded.rule.code)
    for one, other in itertools.pairwise(rules):
        if one.rule.code == other.rule.code:
            raise PackError(f"{other.path}: the code {other.rule.code} belongs to {one.path} already")
    names: dict[str, str] = {}
    for loaded in rules:
        if loaded.rule.name in names:
            raise PackError(f"{loaded.path}: the name {loaded.rule.name} belongs to {names[loaded.rule.name]} already")
        names[loaded.rule.name] = loaded.path
    return tuple(rules)


def find_rule(rules: Iterable[LoadedRule], wanted: str) -> LoadedRule | None:
    """The rule with this code or name, in any case."""
    wanted = wanted.lower()
    return next((loaded for loaded in rules if wanted in (loaded.rule.code.lower(), loaded.rule.name)), None)


def load_pack(name: str) -> Pack:
    """What the package of this name declares."""
    package = _import(name)
    pack = getattr(package, "PACK", None)
    if not isinstance(pack, Pack):
        raise PackError(f"{package.__file__}: a rule pack must define PACK = Pack({name!r})")
    return pack


def _load_pack(name: str) -> list[LoadedRule]:
    load_pack(name)
    package = _import(name)
    modules = sorted(
        info.name for info in pkgutil.iter_modules(package.__path__) if not info.ispkg and not info.name.startswith("_")
    )
    return [_load_rule(f"{name}.{module}") for module in modules]


def _load_rule(name: str) -> LoadedRule:
    module = _import(name)
    path = module.__file__ or name
    rule = getattr(module, "RULE", None)
    if not isinstance(rule, Rule):
        raise PackError(f"{path}: every module of a rule pack must define RULE = Rule(...)")
    if not _CODE.fullmatch(rule.code) or not _NAME.fullmatch(rule.name):
        raise PackError(f"{path}: {rule.code} {rule.name}: a code is like ML101 and a name like mode-method-not-called")
    if not rule.checks:
        raise PackError(f"{path}: {rule.code} looks at no event: decorate its check with @RULE.on(...)")
    return LoadedRule(rule, parse_page(module.__doc__ or "", path), path)


def _import(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except Exception as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "importlib" not in frame.filename]
        # The last frame outside the import machinery is the author's line, unless the module was not found at all.
        place = f" ({frames[-1].filename}:{frames[-1].lineno})" if len(frames) > 1 else ""
        if isinstance(error, SyntaxError):
            place = f" ({error.filename}:{error.lineno})"
        raise PackError(f"the rule pack {name} cannot be imported{place}: {type(error).__name__}: {error}") from error
