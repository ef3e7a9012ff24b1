"""The files of a run: which were given, which belong to the project besides, and which of them to analyse.

What the given files do to a model may be decided by what they import and, for files given by name, by what imports them, so
these are analysed too, though findings are shown only where they concern the given ones. Every file is read at most once.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence

from modelint.config.load import has_project_mark
from modelint.config.schema import Config
from modelint.diagnostics.diagnostic import Diagnostic
from modelint.engine.options import Options
from modelint.files.discover import LOOSE_FILE_LIMIT, PROJECT_FILE_LIMIT, Discovery, Found, discover
from modelint.files.ignore import Excluder
from modelint.files.notebook import NotPython
from modelint.files.paths import absolute_path, shown_path
from modelint.files.read import ReadResult, from_bytes, read
from modelint.program.closure import ImportGraph
from modelint.program.modules import Resolver
from modelint.syntax.prefilter import may_matter
from modelint.text.source import SourceFile

IMPORTERS = 2
"""How many imports away a file may be that is run because it uses a given one: who calls a function is near; a whole package
imports everything somehow."""


class Project:
    """The files of one run. `given` are the paths asked for, `resolver` knows all files of the project, `stubbed` are the
    libraries that stubs describe."""

    def __init__(self, paths: Sequence[str], config: Config, options: Options, stubbed: Collection[str] = ()) -> None:
        folder = os.path.abspath(options.folder or os.getcwd())
        self._contents = {absolute_path(path, folder): data for path, data in options.contents.items()}
        self._read: dict[str, ReadResult] = {}
        discovery = _given(paths, config, folder, self._contents)
        self.given = frozenset(found.path for found in discovery.files)
        self._named = [found.path for found in discovery.files if found.named]
        self._given_diagnostics = discovery.diagnostics
        whole = _whole(discovery, paths, config, folder)
        self.is_complete = whole.is_complete
        self._absolute = {found.path: found.absolute for found in (*whole.files, *discovery.files)}
        self.resolver = Resolver(sorted(self._absolute), config.src)
        self._graph = ImportGraph(self.resolver, self._text, stubbed)

    @property
    def paths(self) -> frozenset[str]:
        """All files of the project and all that were given."""
        return frozenset(self._absolute)

    def read(self, path: str) -> ReadResult:
        """The file that users know as `path`."""
        if path not in self._read:
            absolute = self._absolute[path]
            data = self._contents.get(absolute)
            self._read[path] = read(absolute, path) if data is None else from_bytes(data, absolute, path)
        return self._read[path]

    def sources(self, paths: Sequence[str]) -> list[SourceFile]:
        """Those of the files that can be read."""
        return [source for source in map(self.read, paths) if isinstance(source, SourceFile)]

    def starting(self) -> frozenset[str]:
        """The files whose programs and uncalled functions may concern the given ones: these, and what imports those given by name."""
        if len(self.given) == len(self._absolute):
            return self.given
        return frozenset(self.given | self._graph.with_importers(self._named, self._absolute, IMPORTERS))

    def related(self) -> list[str]:
        """The given files and those without which they cannot be judged, sorted."""
        if len(self.given) == len(self._absolute):
            return sorted(self.given)
        return sorted(self._graph.with_imports(self.starting()))

    def relevant(self, paths: Sequence[str], words: frozenset[str]) -> list[str]:
        """Those of `paths` that mention a word, and whatever they are connected with by imports: what imports them, since a
        caller decides how a function is used, and what all of these import, since a helper may not mention a library."""
        matching = {source.path for source in self.sources(paths) if may_matter(source.text, words)}
        if len(matching) == len(paths):
            return list(paths)
        kept = self._graph.with_imports(self._graph.with_importers(matching, paths))
        return [path for path in paths if path in kept]

    def input_diagnostics(self) -> list[Diagnostic]:
        """What is wrong with given files before anything is parsed."""
        results = [self.read(path) for path in sorted(self.given)]
        return [*self._given_diagnostics, *(result for result in results if isinstance(result, Diagnostic))]

    def other_languages(self) -> int:
        """How many given notebooks are in another language."""
        return sum(isinstance(self.read(path), NotPython) for path in self.given)

    def _text(self, path: str) -> str:
        result = self.read(path)
        return result.text if isinstance(result, SourceFile) else ""


def _given(paths: Sequence[str], config: Config, folder: str, contents: dict[str, bytes]) -> Discovery:
    """The files that the paths mean; one whose content is handed in need not exist."""
    on_disk = [path for path in paths if absolute_path(path, folder) not in contents]
    handed_in = sorted({absolute_path(path, folder) for path in paths} & contents.keys())
    discovery = discover(on_disk, config.root, excluder(config), folder=folder)
    files = {found.absolute: found for found in discovery.files}
    for absolute in handed_in:
        files[absolute] = Found(shown_path(absolute, config.root), absolute, named=True)
    ordered = sorted(files.values(), key=lambda found: found.path)
    return Discovery(tuple(ordered), discovery.diagnostics, discovery.is_complete)


def _whole(given: Discovery, paths: Sequence[str], config: Config, folder: str) -> Discovery:
    """All files of the project: what imports are resolved among. Where nothing says that there is a project, the root is only
    what paths are shown relative to, and may be a whole home folder: if it holds too much, it is the packages that the given
    files belong to, or the folders that they lie in."""
    tops = {absolute_path(path, folder) for path in paths}
    if config.root in tops:
        return given
    if config.source or has_project_mark(config.root):
        return discover([config.root], config.root, excluder(config), limit=PROJECT_FILE_LIMIT)
    everything = discover([config.root], config.root, excluder(config), limit=LOOSE_FILE_LIMIT)
    if everything.is_complete:
        return everything
    homes = sorted({_package_of(top if os.path.isdir(top) else os.path.dirname(top)) for top in tops})
    existing = [path for path in homes if os.path.isdir(path)]
    return discover(existing, config.root, excluder(config), limit=PROJECT_FILE_LIMIT)


def _package_of(folder: str) -> str:
    """The topmost package that a folder belongs to; the folder itself if it is none."""
    top = folder
    while os.path.isfile(os.path.join(folder, "__init__.py")) and os.path.dirname(folder) != folder:
        top, folder = folder, os.path.dirname(folder)
    return top


def excluder(config: Config) -> Excluder:
    """The configuration's patterns."""
    return Excluder((*config.exclude, *config.extend_exclude))
