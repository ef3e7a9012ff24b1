"""A run that fixes: `fix(paths, config, options) -> Fixed`, in memory; nothing is written here."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from modelint.config.schema import Config
from modelint.engine.options import Options
from modelint.engine.pipeline import check
from modelint.files.paths import absolute_path
from modelint.fixing import loop
from modelint.report.record import Report


def fix(paths: Sequence[str], config: Config, options: Options | None = None, *, unsafe: bool = False) -> loop.Fixed:
    """Fixes what `check` finds in the files that `paths` mean. Only these are changed."""
    options = options or Options()
    folder = os.path.abspath(options.folder or os.getcwd())

    def run(contents: Mapping[str, bytes]) -> Report:
        return check(paths, config, replace(options, contents=contents))

    contents = {absolute_path(path, folder): data for path, data in options.contents.items()}
    return loop.fix(run, given=[absolute_path(path, folder) for path in paths], unsafe=unsafe, contents=contents)
