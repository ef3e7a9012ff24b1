"""Helpers to lay out files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Tree = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Writes files by relative path and gives the folder."""

    def write(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def notebook() -> Callable[..., str]:
    """The JSON of a notebook with these code cells; "md:..." makes a Markdown cell."""

    def build(*cells: str, **metadata: object) -> str:
        made = [
            {"cell_type": "markdown", "source": cell[3:], "metadata": {}}
            if cell.startswith("md:")
            else {"cell_type": "code", "source": cell.splitlines(keepends=True), "metadata": {}, "outputs": []}
            for cell in cells
        ]
        return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": made}, indent=1)

    return build
