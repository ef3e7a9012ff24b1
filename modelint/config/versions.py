"""Which version of a library a file is written for, from what the project says and never from what is installed.

The configuration decides, else a lock file, else the requirement that the project states itself; of lock files and
requirements, those in the nearest folder upward from the file. Nothing is executed (`setup.py` is not read), and a file that
cannot be parsed says nothing. A range stands for its newest member, so only upper bounds exclude a version.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from modelint.config.requirements import lock_files, requirement_files

if TYPE_CHECKING:
    from packaging.specifiers import Specifier

CONFIGURATION = "configuration"


class LibraryVersion(msgspec.Struct, frozen=True):
    """A version or range as written, and the file that says so (relative to the root), or "configuration"."""

    text: str
    source_file: str

    def at_least(self, threshold: Sequence[int]) -> bool:
        """Whether the newest version that this allows is `threshold` or newer. Pre-releases count as their release."""
        wanted = tuple(threshold)
        return all(_reaches(specifier, wanted) for specifier in _specifiers(self.text))


class LibraryVersions:
    """Answers for one run. Folders are read when first asked about and remembered."""

    def __init__(self, root: str, configured: Mapping[str, str]) -> None:
        self._root = root
        self._configured = configured
        self._folders: dict[tuple[str, bool], dict[str, tuple[LibraryVersion, ...]]] = {}

    def of(self, library: str, path: str) -> LibraryVersion | None:
        """The version of `library` (a distribution: `pytorch-lightning`, `torch`) for the file at `path`, relative to the
        root or absolute. None: nothing is said, which means the newest."""
        library = library.lower().replace("_", "-")
        if library in self._configured:
            return LibraryVersion(self._configured[library], CONFIGURATION)
        folders = list(self._upward(os.path.dirname(os.path.join(self._root, path))))
        for locked in (True, False):
            for folder in folders:
                versions = self._versions(folder, locked=locked).get(library)
                if versions:
                    return _newest(versions) if locked else _narrowest(versions)
        return None

    def _upward(self, folder: str) -> Iterator[str]:
        """The folders from the file's to the project's root; outside the project, the file's own."""
        folder = os.path.normpath(folder)
        prefix = self._root.rstrip(os.sep) + os.sep
        while folder.startswith(prefix):
            yield folder
            folder = os.path.dirname(folder)
        yield folder

    def _versions(self, folder: str, *, locked: bool) -> dict[str, tuple[LibraryVersion, ...]]:
        key = (folder, locked)
        if key not in self._folders:
            found: dict[str, tuple[LibraryVersion, ...]] = {}
            for file, requirements in (lock_files if locked else requirement_files)(folder):
                shown = os.path.relpath(file, self._root).replace(os.sep, "/")
                for name, text in requirements:
                    if text and is_version_or_range(text):
                        found[name] = (*found.get(name, ()), LibraryVersion(text, shown))
            self._folders[key] = found
        return self._folders[key]


def is_version_or_range(text: str) -> bool:
    """Whether `text` is something that a `LibraryVersion` can be made of."""
    from packaging.specifiers import InvalidSpecifier

    try:
        return bool(_specifiers(text))
    except InvalidSpecifier:
        return False


def _specifiers(text: str) -> list[Specifier]:
    """`2.1` means `==2.1`; the rest is PEP 440."""
    from packaging.specifiers import SpecifierSet

    text = text.strip()
    if text[:1].isdigit():
        text = "==" + text
    return sorted(SpecifierSet(text), key=str)


def _reaches(specifier: Specifier, wanted: tuple[int, ...]) -> bool:
    """Whether some version that the specifier allows is at least `wanted`."""
    if specifier.operator not in ("<", "<=", "~=", "==", "==="):
        return True
    release = _release(specifier.version)
    match specifier.operator:
        case "<":
            return _compare(release, wanted) > 0
        case "~=":
            return _compare(_next(release[:-1]), wanted) > 0
        case _ if specifier.version.endswith(".*"):
            return _compare(_next(release), wanted) > 0
        case _:
            return _compare(release, wanted) >= 0


def _release(version: str) -> tuple[int, ...]:
    from packaging.version import InvalidVersion, Version

    try:
        return Version(version.removesuffix(".*")).release
    except InvalidVersion:  # `===` allows any text.
        return (1 << 30,)


def _next(release: tuple[int, ...]) -> tuple[int, ...]:
    """The first release that no longer begins with `release`."""
    return (*release[:-1], release[-1] + 1)


def _compare(left: tuple[int, ...], right: tuple[int, ...]) -> int:
    """-1, 0 or 1; missing numbers are zeros."""
    width = max(len(left), len(right))
    padded = left + (0,) * (width - len(left)), right + (0,) * (width - len(right))
    return (padded[0] > padded[1]) - (padded[0] < padded[1])


def _bound(version: LibraryVersion) -> tuple[int, ...]:
    """A number to order by: the lowest upper bound, or more than any version."""
    bounds = [
        _release(specifier.version)
        for specifier in _specifiers(version.text)
        if specifier.operator in ("<", "<=", "~=", "==", "===")
    ]
    return min(bounds, default=(1 << 30,))


def _narrowest(versions: Sequence[LibraryVersion]) -> LibraryVersion:
    """Of several requirements in one folder, the one that allows least; the first file by name when they are equal."""
    return min(versions, key=lambda version: (_bound(version), version.source_file, version.text))


def _newest(versions: Sequence[LibraryVersion]) -> LibraryVersion:
    """Of several locked versions (one for each platform), the newest."""
    return max(versions, key=lambda version: (_bound(version), version.source_file))
