"""`fixed(text)` is a program after its fixes; `fix_files` does the same for bytes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from modelint.config.schema import Config
from modelint.engine.fixes import fix
from modelint.engine.options import Options
from modelint.fixing.loop import Fixed


@pytest.fixture
def fix_bytes(tmp_path: Path) -> Callable[..., Fixed]:
    """Fixes a file that exists in memory only."""

    def run(data: bytes, name: str = "train.py", *, unsafe: bool = False) -> Fixed:
        path = os.path.join(tmp_path, name)
        options = Options(jobs=1, use_cache=False, contents={path: data}, folder=str(tmp_path))
        return fix([path], Config(root=str(tmp_path)), options, unsafe=unsafe)

    return run


@pytest.fixture
def fixed(fix_bytes: Callable[..., Fixed]) -> Callable[..., str]:
    """The text after fixing, the same if there is nothing to fix."""

    def run(text: str, *, unsafe: bool = False) -> str:
        result = fix_bytes(text.encode(), unsafe=unsafe)
        assert result.problems == ()
        return result.files[0].after.decode() if result.files else text

    return run
