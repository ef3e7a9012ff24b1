"""Terminal colours, or none."""

from __future__ import annotations

_MODES = {"train": "1;32", "eval": "1;34", "mixed": "1;33", "unknown": "2"}


class Paint:
    """Wraps text in escape sequences if colours are wanted."""

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled

    def title(self, text: str) -> str:
        return self._wrap("1;31", text)

    def bold(self, text: str) -> str:
        return self._wrap("1", text)

    def frame(self, text: str) -> str:
        return self._wrap("1;34", text)

    def primary(self, text: str) -> str:
        return self._wrap("1;33", text)

    def secondary(self, text: str) -> str:
        return self._wrap("36", text)

    def added(self, text: str) -> str:
        return self._wrap("32", text)

    def removed(self, text: str) -> str:
        return self._wrap("31", text)

    def mode(self, mode: str, text: str) -> str:
        """A model's mode: `train`, `eval`, `mixed` or `unknown`."""
        return self._wrap(_MODES[mode], text)

    def _wrap(self, codes: str, text: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if self._enabled and text else text
