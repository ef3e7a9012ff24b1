"""The timeline of one file: `timeline(path, config, options) -> Timeline`.

A check of the file with a recorder that looks on: the same files are read, the same programs run, and the findings are the same.
"""

from __future__ import annotations

import os

from modelint.config.schema import Config
from modelint.diagnostics.diagnostic import Diagnostic
from modelint.engine.options import Options
from modelint.engine.pipeline import check
from modelint.errors import UsageError
from modelint.files.inputs import SYNTAX_ERROR
from modelint.files.notebook import NotPython
from modelint.files.paths import absolute_path, shown_path
from modelint.files.read import decode, from_bytes, load, normalised, read
from modelint.files.sources import cell_sources
from modelint.interpreter.lanes import lanes_of
from modelint.interpreter.timeline import Recorder
from modelint.report.place import place
from modelint.report.timeline import Timeline
from modelint.text.source import SourceFile


def timeline(path: str, config: Config, options: Options | None = None) -> Timeline:
    """The models of the file, line by line. Raises UsageError if it cannot be read or does not parse; cells of a notebook that do not
    parse are left out, and the report says so."""
    options = options or Options()
    source, text = _read(path, config, options)
    recorder = Recorder(source.path)
    report = check([path], config, options, recorder)
    for diagnostic in report.diagnostics:
        if diagnostic.filename == source.path and diagnostic.name == SYNTAX_ERROR and not source.is_notebook:
            raise UsageError(_told(diagnostic))
    return Timeline(source, text, lanes_of(recorder), report)


def _read(path: str, config: Config, options: Options) -> tuple[SourceFile, str]:
    """The file, and its text as it is written."""
    folder = os.path.abspath(options.folder or os.getcwd())
    absolute = absolute_path(path, folder)
    shown = shown_path(absolute, config.root)
    data = {absolute_path(name, folder): content for name, content in options.contents.items()}.get(absolute)
    result = read(absolute, shown) if data is None else from_bytes(data, absolute, shown)
    if isinstance(result, NotPython):
        raise UsageError(f"{shown}: a notebook in another language")
    if isinstance(result, Diagnostic):
        raise UsageError(_told(result))
    if not result.is_notebook:
        return result, result.text
    return result, _as_written(result, decode(load(absolute) if data is None else data).text)


def _as_written(source: SourceFile, notebook: str) -> str:
    """The program of a notebook with the magics in it."""
    cells = cell_sources(notebook)
    lines = source.text.split("\n")
    for cell in source.cells:
        written = normalised(cells[cell.number].text).split("\n")
        lines[cell.first_row - 1 : cell.first_row - 1 + cell.rows] = written
    return "\n".join(lines)


def _told(diagnostic: Diagnostic) -> str:
    return f"{place(diagnostic.filename, diagnostic.cell, diagnostic.span)}: {diagnostic.message}"
