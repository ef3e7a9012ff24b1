"""The words by which the prefilter knows a file that may matter: the import names of the libraries that stubs describe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from modelint.config.schema import Config


def library_words(config: Config) -> frozenset[str]:
    """The top-level names in all folders of stubs; empty, which means that every file matters, if there are none."""
    return frozenset(name for folder in stub_folders(config) for name in _names(folder))


def stub_folders(config: Config) -> list[str]:
    """The folders of stubs, absolute: the project's own first, then those of the rule packs, which must have been imported."""
    folders = [os.path.join(config.root, folder) for folder in config.stubs]
    for plugin in config.plugins:
        module = sys.modules.get(plugin)
        stubs = getattr(getattr(module, "PACK", None), "stubs", "")
        if stubs and module is not None and module.__file__ is not None:
            folders.append(os.path.join(os.path.dirname(module.__file__), stubs))
    return folders


def _names(folder: str) -> Iterator[str]:
    try:
        entries = sorted(os.listdir(folder))
    except OSError:
        return
    for entry in entries:
        stem, suffix = os.path.splitext(entry)
        if stem.isidentifier() and not stem.startswith("__") and suffix in ("", ".py", ".pyi"):
            yield stem
