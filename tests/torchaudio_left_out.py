"""Makes torchcrepe importable without torchaudio.

No wheel of torchaudio loads beside the pinned torch for CPUs. torchcrepe imports it when it is imported itself and uses it to read
audio files, which no test does: an empty module takes its place.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType


class _BeforeTorchcrepe(MetaPathFinder):
    """Sees torchcrepe's first import and leaves it to the finders behind."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname == "torchcrepe":
            sys.meta_path.remove(self)
            if find_spec("torchaudio") is None:
                sys.modules["torchaudio"] = ModuleType("torchaudio")
        return None


def install() -> None:
    """Watch for the import. To be called once in every process that runs real libraries."""
    sys.meta_path.insert(0, _BeforeTorchcrepe())
