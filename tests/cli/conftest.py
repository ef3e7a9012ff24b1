"""`modelint` runs the command line as a process in a folder of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def modelint(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
        path = os.pathsep.join([str(ROOT), str(ROOT / "rules")])
        return subprocess.run(
            [sys.executable, "-m", "modelint", *arguments],
            cwd=tmp_path,
            env={**kept, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", **environment},
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )

    return run


def _heed_signals() -> None:
    """A test run in the background hands on that it ignores Ctrl-C, one under `nohup` that it ignores the end of its terminal."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start the command line, to be interrupted."""
    return subprocess.Popen(
        [sys.executable, "-m", "modelint", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "rules")])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heed_signals,
    )


def notebook(*cells: str) -> str:
    """The text of a notebook of these code cells."""
    code = [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": text} for text in cells]
    return json.dumps({"cells": code, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
