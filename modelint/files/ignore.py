"""Which paths are left out: the patterns of the configuration, and `.gitignore` files as git reads them.

Both use gitignore syntax. `pathspec` is imported only when there is a pattern that a plain name comparison cannot decide,
since importing it costs more than walking a small project.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_PATTERN_CHARACTERS = frozenset("*?[]!/\\# ")


class Excluder:
    """Decides for paths relative to the project's root. Patterns without wildcards and slashes are compared as names."""

    def __init__(self, patterns: Iterable[str]) -> None:
        patterns = tuple(patterns)
        self._names = frozenset(pattern for pattern in patterns if not _PATTERN_CHARACTERS.intersection(pattern))
        rest = [pattern for pattern in patterns if pattern not in self._names]
        self._spec = _compile(rest) if rest else None

    def excludes(self, relative: str, name: str, *, is_directory: bool) -> bool:
        """Whether the entry called `name` at `relative` (with `/`) is left out."""
        if name in self._names:
            return True
        return self._spec is not None and bool(_verdict(self._spec, relative, is_directory=is_directory))


class IgnoreFile(NamedTuple):
    """A `.gitignore` file: the folder that its patterns are relative to, and the patterns."""

    folder: str
    spec: GitIgnoreSpec


IgnoreChain = tuple[IgnoreFile, ...]
"""The `.gitignore` files that apply in a folder, the innermost last."""


def ignored(chain: IgnoreChain, absolute: str, *, is_directory: bool) -> bool:
    """What git would say. The innermost file that has an opinion decides, and `!pattern` is an opinion."""
    for folder, spec in reversed(chain):
        relative = os.path.relpath(absolute, folder).replace(os.sep, "/")
        verdict = _verdict(spec, relative, is_directory=is_directory)
        if verdict is not None:
            return verdict
    return False


def extended(chain: IgnoreChain, folder: str) -> IgnoreChain:
    """`chain` with the folder's own `.gitignore`, if it has one that can be read."""
    lines = _lines(os.path.join(folder, ".gitignore"))
    return (*chain, IgnoreFile(folder, _compile(lines))) if lines else chain


def chain_above(folder: str, root: str) -> IgnoreChain:
    """The `.gitignore` files of the folders above `folder`, from the top of its repository or else from `root`."""
    top = _repository_top(folder) or root
    parents: list[str] = []
    current = folder
    while current != top and os.path.dirname(current) != current:
        current = os.path.dirname(current)
        parents.append(current)
    if current != top:
        return ()
    chain: IgnoreChain = ()
    lines = _lines(os.path.join(top, ".git", "info", "exclude"))
    if lines:
        chain = (IgnoreFile(top, _compile(lines)),)
    for parent in reversed(parents):
        chain = extended(chain, parent)
    return chain


def _repository_top(folder: str) -> str | None:
    current = folder
    while not os.path.exists(os.path.join(current, ".git")):
        parent = os.path.dirname(current)
        if parent == current:
            return None
        current = parent
    return current


def _lines(path: str) -> list[str]:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read().lstrip("\ufeff").splitlines()
    except OSError:
        return []
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _compile(patterns: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError:
        # git skips a malformed pattern and keeps the others, so one bad line must not cost the rest.
        return GitIgnoreSpec.from_lines([pattern for pattern in patterns if _is_well_formed(pattern)])


def _is_well_formed(pattern: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([pattern])
    except ValueError:
        return False
    return True


def _verdict(spec: GitIgnoreSpec, relative: str, *, is_directory: bool) -> bool | None:
    return spec.check_file(relative + "/" if is_directory else relative).include
