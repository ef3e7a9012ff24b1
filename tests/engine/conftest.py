"""Helpers to run the pipeline over files, with the analysis replaced where only what surrounds it is tested."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from modelint.config.load import load_config
from modelint.config.schema import Config
from modelint.diagnostics.diagnostic import Diagnostic
from modelint.engine import pipeline
from modelint.engine.analysis import AnalysedFile, AnalysisResult
from modelint.engine.options import Options
from modelint.interpreter.timeline import Recorder
from modelint.judge.rule import Rule
from modelint.program.modules import Resolver
from modelint.report.record import Report

Files = Mapping[str, str | bytes]
Run = Callable[..., Report]
Say = Callable[..., list[str]]


def write(root: Path, files: Files) -> None:
    """Writes files by relative path."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def notebook(*cells: str) -> str:
    """The JSON of a notebook with these code cells."""
    made = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Writes files and checks the paths, by default the folder that holds them, as the command line would."""

    def check(
        files: Files, *paths: str, jobs: int = 1, contents: Mapping[str, bytes] | None = None, **settings: object
    ) -> Report:
        write(tmp_path, files)
        config = load_config(paths[0] if paths else ".", folder=str(tmp_path))
        config = Config(**{name: getattr(config, name) for name in Config.__struct_fields__} | settings)
        options = Options(jobs=jobs, folder=str(tmp_path), contents=contents or {}, use_cache="cache" in settings)
        return pipeline.check(paths or (".",), config, options)

    return check


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Say:
    """Makes the analysis say these diagnostics, and gives the list that will hold the paths it was asked about."""

    def replace(*diagnostics: Diagnostic) -> list[str]:
        asked: list[str] = []

        def analyse(
            files: Sequence[AnalysedFile],
            resolver: Resolver,
            config: Config,
            rules: Sequence[Rule],
            starting: frozenset[str] | None,
            recorder: Recorder | None,
        ) -> AnalysisResult:
            asked.extend(file.ir.path for file in files)
            return AnalysisResult(diagnostics, {})

        monkeypatch.setattr(pipeline, "analyse", analyse)
        return asked

    return replace


def told(report: Report) -> list[tuple[str, str, int]]:
    """Name, file and row of every diagnostic."""
    return [(diagnostic.name, diagnostic.filename, diagnostic.span.row) for diagnostic in report.diagnostics]
