"""Makes flair importable beside a newer transformers.

flair imports a class that transformers 5 has no longer, to ask whether an object is one. An empty class takes its place for the
time of that import. flair's embeddings of transformers do not work then and no test uses them; the others need no transformers.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

IMPORTING = "flair.embeddings.transformer"
MISSING = "LayoutLMv2FeatureExtractor"


class _WithOldName(Loader):
    """Runs a module while transformers has the old name."""

    def __init__(self, loader: Loader) -> None:
        self.loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self.loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        import transformers

        if hasattr(transformers, MISSING):
            self.loader.exec_module(module)
            return
        setattr(transformers, MISSING, type(MISSING, (), {}))
        try:
            self.loader.exec_module(module)
        finally:
            delattr(transformers, MISSING)


class _BeforeEmbeddings(MetaPathFinder):
    """Sees the import of the one module."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname != IMPORTING:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None and spec.loader is not None:
            spec.loader = _WithOldName(spec.loader)
        return spec


def install() -> None:
    """Watch for the import. To be called once in every process that runs real libraries."""
    sys.meta_path.insert(0, _BeforeEmbeddings())
