"""Which rules are enabled for which file. `Selection` is made once a run, from the configuration and the rules that there are.

A selector is a code (`ML103`), the beginning of codes (`ML1`), a name (`train-mode-not-restored`) or `ALL`. As elsewhere in
this trade, the more specific of two contradicting selectors wins, and `ignore` wins a tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from modelint.config.load import did_you_mean
from modelint.config.schema import Config
from modelint.errors import ConfigError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

ALL = "ALL"


class RuleId(NamedTuple):
    """What a rule is called."""

    code: str
    name: str


class Selection:
    """Answers whether a rule is enabled for a file. Diagnostics without a code concern the input and are always enabled."""

    def __init__(self, config: Config, rules: Iterable[RuleId]) -> None:
        self.rules = tuple(sorted(rules))
        self._codes = {rule.code for rule in self.rules}
        self._code_of = {rule.name: rule.code for rule in self.rules}
        self._check(config)
        selected = (*config.select, *config.extend_select)
        self._enabled = frozenset(
            code for code in self._codes if self._strength(code, selected) > self._strength(code, config.ignore)
        )
        self._per_file = tuple(
            (_pattern(pattern), frozenset(code for code in self._codes if self._strength(code, selectors)))
            for pattern, selectors in sorted(config.per_file_ignores.items())
        )

    @property
    def enabled_codes(self) -> frozenset[str]:
        """The codes that are enabled for files in general."""
        return self._enabled

    @property
    def selects_everything(self) -> bool:
        """Whether no rule is switched off."""
        return len(self._enabled) == len(self._codes)

    def is_enabled(self, code: str, path: str) -> bool:
        """Whether the rule `code` may speak about the file at `path`, relative to the root."""
        if not code:
            return True
        return code in self._enabled and code not in self._ignored_for(path)

    def code(self, text: str) -> str | None:
        """The code that a word in a suppression comment means: a code or a name of a rule."""
        return text if text in self._codes else self._code_of.get(text)

    def _ignored_for(self, path: str) -> frozenset[str]:
        ignored: frozenset[str] = frozenset()
        for spec, codes in self._per_file:
            if spec.match_file(path):
                ignored |= codes
        return ignored

    def _strength(self, code: str, selectors: Iterable[str]) -> int:
        """How specific the best selector for `code` is: 0 none, 1 `ALL`, more for longer prefixes, names as good as codes."""
        best = 0
        for selector in selectors:
            if selector == ALL:
                best = max(best, 1)
            elif self._code_of.get(selector) == code:
                best = max(best, 1 + len(code))
            elif selector and code.startswith(selector):
                best = max(best, 1 + len(selector))
        return best

    def _check(self, config: Config) -> None:
        lists: Mapping[str, Iterable[str]] = {
            "select": config.select,
            "extend-select": config.extend_select,
            "ignore": config.ignore,
            **{f'per-file-ignores: "{pattern}"': selectors for pattern, selectors in config.per_file_ignores.items()},
        }
        for key, selectors in lists.items():
            for selector in selectors:
                if not self._is_known(selector):
                    where = f"{config.source}: " if config.source else ""
                    known = (ALL, *sorted(self._codes), *sorted(self._code_of))
                    raise ConfigError(f'{where}unknown rule "{selector}" in {key}{did_you_mean(selector, known)}')

    def _is_known(self, selector: str) -> bool:
        if selector == ALL or selector in self._code_of:
            return True
        return bool(selector) and any(code.startswith(selector) for code in self._codes)


def _pattern(pattern: str) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines([pattern])
    except ValueError as error:
        raise ConfigError(f'per-file-ignores: "{pattern}" is no valid pattern: {error}') from None
