"""For programs that are written for a GPU, where there is none: what they put on it is put elsewhere."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

_BEFORE_CUDA = 5
"""torch asks its own packages for the place of a stored tensor from 10 on."""


@contextlib.contextmanager
def without_gpu(device: str) -> Iterator[None]:
    """In this block a GPU in a program is `device`, also for tensors that were saved on one. Nothing changes where there is a GPU."""
    if torch.cuda.is_available():
        yield
        return
    torch.serialization.register_package(_BEFORE_CUDA, lambda storage: None, _stays)
    with _Elsewhere(torch.device(device)):
        yield


def _stays(storage: Any, location: str) -> Any:
    """A loaded storage is on the CPU at first. None: not this package's business."""
    return storage if location.startswith("cuda") else None


class _Elsewhere(TorchFunctionMode):
    """Puts another device in place of each GPU that a torch function is given."""

    def __init__(self, device: torch.device) -> None:
        super().__init__()
        self._device = device

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        if func is torch.Tensor.cuda:
            return args[0].to(self._device)
        if func is torch.Tensor.to and len(args) > 1 and type(args[1]) is int:
            args = (args[0], self._device, *args[2:])
        return func(*map(self._placed, args), **{name: self._placed(value) for name, value in (kwargs or {}).items()})

    def _placed(self, value: Any) -> Any:
        is_gpu = isinstance(value, (str, torch.device)) and str(value).partition(":")[0] == "cuda"
        return self._device if is_gpu else value
