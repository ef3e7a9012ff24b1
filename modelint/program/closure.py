"""Which files belong together: `ImportGraph`, made by a textual scan of the project, and the closures over it.

What a file does to a model may be decided by what it imports and by who calls it. The scan is per file and is done when the
file is first asked about; finding importers needs the scan of every file that may be one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from modelint.program.imports import scan
from modelint.program.modules import Resolver


class ImportGraph:
    """Imports between the project's files. `read` gives the text of a path, "" for what cannot be read. `stubbed` are the libraries
    that stubs describe: a stub wins over source, also where the library is the project itself, but for relative imports."""

    def __init__(self, resolver: Resolver, read: Callable[[str], str], stubbed: Collection[str] = ()) -> None:
        self._stubbed = frozenset(stubbed)
        self._resolver = resolver
        self._read = read
        self._imports: dict[str, tuple[str, ...]] = {}

    def imports(self, path: str) -> tuple[str, ...]:
        """The files that `path` imports directly."""
        if path not in self._imports:
            found: dict[str, None] = {}
            for statement in scan(self._read(path)):
                if statement.level == 0 and statement.module.partition(".")[0] in self._stubbed:
                    continue
                for target in self._resolver.targets(path, statement.module, statement.names, statement.level):
                    found[target] = None
            found.pop(path, None)
            self._imports[path] = tuple(found)
        return self._imports[path]

    def with_imports(self, paths: Iterable[str]) -> set[str]:
        """`paths` and everything that they import, however indirectly."""
        return _reachable(paths, self.imports)

    def with_importers(self, paths: Iterable[str], among: Iterable[str], depth: int | None = None) -> set[str]:
        """`paths` and those files `among` the given ones that import them, however indirectly, or over at most `depth` steps."""
        reached = set(paths)
        if not reached:
            return reached
        importers: dict[str, list[str]] = {}
        for importer in among:
            for target in self.imports(importer):
                importers.setdefault(target, []).append(importer)
        return _reachable(reached, lambda path: importers.get(path, ()), depth)


def _reachable(paths: Iterable[str], neighbours: Callable[[str], Iterable[str]], depth: int | None = None) -> set[str]:
    reached = set(paths)
    border = reached
    while border and depth != 0:
        border = {neighbour for path in border for neighbour in neighbours(path)} - reached
        reached |= border
        depth = None if depth is None else depth - 1
    return reached
