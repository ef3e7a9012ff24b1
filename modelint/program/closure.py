"""Which files belong together: `ImportGraph`, made by a textual scan of the project, and the closures over it.

What a file does to a model may be decided by what it imports and by who calls it. The scan is per file and is done when the
file is first asked about; finding importers needs all files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from modelint.program.imports import scan
from modelint.program.modules import Resolver


class ImportGraph:
    """Imports between the project's files. `read` gives the text of a path, "" for what cannot be read."""

    def __init__(self, files: Sequence[str], resolver: Resolver, read: Callable[[str], str]) -> None:
        self._all = tuple(files)
        self._resolver = resolver
        self._read = read
        self._imports: dict[str, tuple[str, ...]] = {}
        self._importers: dict[str, set[str]] | None = None

    def imports(self, path: str) -> tuple[str, ...]:
        """The files that `path` imports directly."""
        if path not in self._imports:
            found: dict[str, None] = {}
            for statement in scan(self._read(path)):
                for target in self._resolver.targets(path, statement.module, statement.names, statement.level):
                    found[target] = None
            found.pop(path, None)
            self._imports[path] = tuple(found)
        return self._imports[path]

    def importers(self, path: str) -> set[str]:
        """The files that import `path` directly."""
        if self._importers is None:
            self._importers = {}
            for importer in self._all:
                for target in self.imports(importer):
                    self._importers.setdefault(target, set()).add(importer)
        return self._importers.get(path, set())

    def with_imports(self, paths: Iterable[str]) -> set[str]:
        """`paths` and everything that they import, however indirectly."""
        return _reachable(paths, self.imports)

    def with_importers(self, paths: Iterable[str]) -> set[str]:
        """`paths` and everything that imports them, however indirectly."""
        return _reachable(paths, self.importers)


def _reachable(paths: Iterable[str], neighbours: Callable[[str], Iterable[str]]) -> set[str]:
    reached = set(paths)
    stack = list(reached)
    while stack:
        for neighbour in neighbours(stack.pop()):
            if neighbour not in reached:
                reached.add(neighbour)
                stack.append(neighbour)
    return reached
