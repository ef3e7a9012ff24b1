"""The configuration as the program sees it: a frozen `Config`, complete and checked. `load` makes one, nothing changes one.

The fields are the keys of `[tool.modelint]` with `-` for `_`; `root` and `source` say where it came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

OutputFormat: TypeAlias = Literal["text", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit"]
MinConfidence: TypeAlias = Literal["certain", "likely"]
OUTPUT_FORMATS: tuple[str, ...] = ("text", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit")
CONFIDENCES: tuple[str, ...] = ("certain", "likely")
DEFAULT_PLUGINS = ("modelint_rules",)
DEFAULT_EXCLUDES = (
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".hg",
    ".ipynb_checkpoints",
    ".modelint_cache",
    ".mypy_cache",
    ".nox",
    ".pytest_cache",
    ".pytype",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".venv",
    "__pycache__",
    "__pypackages__",
    "build",
    "dist",
    "node_modules",
    "site-packages",
    "venv",
)


class Config(msgspec.Struct, frozen=True, rename="kebab", kw_only=True):
    """What a run is told to do. `root` is the project's folder, absolute; `source` the file that was read, "" if none was.

    `select`, `ignore` and `extend_select` hold selectors: a code, the beginning of one, a name, or "ALL". Paths and patterns
    are relative to `root`. `exclude` replaces the default patterns, `extend_exclude` adds to them.
    """

    root: str
    source: str = ""
    select: tuple[str, ...] = ("ALL",)
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = {}
    exclude: tuple[str, ...] = DEFAULT_EXCLUDES
    extend_exclude: tuple[str, ...] = ()
    stubs: tuple[str, ...] = ()
    plugins: tuple[str, ...] = DEFAULT_PLUGINS
    library_versions: Mapping[str, str] = {}
    min_confidence: MinConfidence = "likely"
    output_format: OutputFormat = "text"
    src: tuple[str, ...] = ()
