"""Makes torchcrepe importable without torchaudio.

No wheel of torchaudio loads beside the pinned torch for CPUs. torchcrepe imports it when it is imported itself and uses it to read
audio files, which no test does: an empty module takes its place for that time. No longer: others ask whether torchaudio is there.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from types import ModuleType


class _WithoutTorchaudio(Loader):
    """Runs a module while an empty torchaudio can be imported."""

    def __init__(self, loader: Loader) -> None:
        self.loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self.loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        sys.modules["torchaudio"] = ModuleType("torchaudio")
        try:
            self.loader.exec_module(module)
        finally:
            del sys.modules["torchaudio"]


class _BeforeTorchcrepe(MetaPathFinder):
    """Sees torchcrepe's import."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname != "torchcrepe" or find_spec("torchaudio") is not None:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None and spec.loader is not None:
            spec.loader = _WithoutTorchaudio(spec.loader)
        return spec


def install() -> None:
    """Watch for the import. To be called once in every process that runs real libraries."""
    sys.meta_path.insert(0, _BeforeTorchcrepe())
