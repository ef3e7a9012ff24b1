"""Makes torchvision importable where its compiled operators do not load.

The wheel of torchvision that fits the pinned torch is built for CUDA and cannot load its library beside a torch for CPUs. Its
Python part then fails on import, for want of two operators that no model here uses. They are declared before the import.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

OPERATORS = ("nms", "qnms")


class _BeforeTorchvision(MetaPathFinder):
    """Sees torchvision's first import and leaves it to the finders behind."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname == "torchvision":
            sys.meta_path.remove(self)
            _declare_missing_operators(PathFinder.find_spec(fullname, path))
        return None


def _declare_missing_operators(spec: ModuleSpec | None) -> None:
    if spec is None or spec.origin is None:
        return
    import torch

    for library in Path(spec.origin).parent.glob("_C.*"):
        try:
            torch.ops.load_library(library)
        except OSError:
            for name in OPERATORS:
                schema = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
                torch.library.define(f"torchvision::{name}", schema)


def install() -> None:
    """Watch for the import. To be called once in every process that runs real libraries."""
    sys.meta_path.insert(0, _BeforeTorchvision())
