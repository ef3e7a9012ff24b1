"""What a run is told that is no matter of configuration."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """`jobs`: processes to parse with, 0 for as many as there are processors. `cache_dir`: None for the usual place.

    `contents` are texts that stand in for files, by absolute path: standard input, or what an editor has not saved.
    `folder`: what relative paths are relative to, None for the current folder.
    """

    jobs: int = 0
    use_cache: bool = True
    cache_dir: str | None = None
    contents: Mapping[str, bytes] = {}
    folder: str | None = None
