"""From the places of a record to sites in the project's sources, as the interpreter writes them."""

from __future__ import annotations

import ast

from modelint.events import Site
from modelint.files.paths import shown_path
from modelint.files.read import read
from modelint.probe.protocol import Place
from modelint.probe.trees import SourceTree
from modelint.text.source import LineIndex, SourceFile
from modelint.text.span import Span


class Places:
    """The sites of places, and the sources that they lie in."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._files: dict[str, _File] = {}

    @property
    def sources(self) -> dict[str, SourceFile]:
        return {file.path: file.source for file in self._files.values() if file.source is not None}

    def site(self, place: Place) -> Site:
        file = self._file(place.path)
        span = _span(file, place)
        return Site(file.path, file.tree.function(span.row), span)

    def definition(self, place: Place) -> Site:
        """The name in the definition of the function whose code begins at a place, with its decorators."""
        file = self._file(place.path)
        span = file.tree.name_of_function(place.row)
        return Site(file.path, file.tree.function(span.row), span) if span is not None else self.site(place)

    def call(self, place: Place) -> ast.Call | None:
        """The call at a place."""
        file = self._file(place.path)
        return file.tree.call(_span(file, place))

    def callee(self, place: Place) -> str:
        """What is called at a place, as it is written; "" if that cannot be told."""
        call = self.call(place)
        return ast.unparse(call.func) if call is not None else ""

    def container(self, constructor: Place, attribute: str) -> Site | None:
        """Where a constructor makes what it puts into an attribute."""
        file = self._file(constructor.path)
        span = file.tree.attribute_value(constructor.row, attribute)
        return Site(file.path, file.tree.function(constructor.row), span) if span is not None else None

    def text(self, place: Place) -> str:
        """What is written at a place that lies in one line, "" for others."""
        file = self._file(place.path)
        span = _span(file, place)
        if file.source is None or span.row != span.end_row:
            return ""
        return LineIndex(file.source.text).line(span.row)[span.column - 1 : span.end_column - 1].strip()

    def _file(self, absolute: str) -> _File:
        if absolute not in self._files:
            self._files[absolute] = _File(absolute, shown_path(absolute, self._root))
        return self._files[absolute]


class _File:
    def __init__(self, absolute: str, path: str) -> None:
        self.path = path
        result = read(absolute, path)
        self.source = result if isinstance(result, SourceFile) else None
        self.tree = SourceTree(self.source.text if self.source is not None else "")


def _span(file: _File, place: Place) -> Span:
    return file.tree.span(place.row, place.end_row, place.column, place.end_column)
