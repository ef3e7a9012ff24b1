"""For programs that are written for a GPU, where there is none: what they put on it is put elsewhere."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping
from typing import Any
from unittest.mock import patch

import torch
from torch import nn
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
    elsewhere = _Elsewhere(torch.device(device))
    run = threading.Thread.run

    def run_elsewhere(thread: threading.Thread) -> None:  # a mode is its thread's, and weights are loaded in threads
        with elsewhere:
            run(thread)

    with elsewhere, patch.object(nn.Module, "to", elsewhere.module_to), patch.object(threading.Thread, "run", run_elsewhere):
        yield


def _stays(storage: Any, location: str) -> Any:
    """A loaded storage is on the CPU at first. None: not this package's business."""
    return storage if location.startswith("cuda") else None


class _Elsewhere(TorchFunctionMode):
    """Puts another device in place of each GPU that a torch function is given."""

    def __init__(self, device: torch.device) -> None:
        super().__init__()
        self._device = device
        module_to = nn.Module.to

        def to(module: nn.Module, *args: Any, **kwargs: Any) -> nn.Module:
            return module_to(module, *self._first_placed(args), **self._named_placed(kwargs))

        self.module_to = to
        """For `Module.to`, which reads its arguments where no mode is asked."""

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        kwargs = kwargs or {}
        if func is torch.device:  # the number may be all, or come beside the kind
            is_number = len(args) == 1 and type(args[0]) is int
            return self._device if is_number else self._placed(func(*args, **kwargs))
        if func is torch.Tensor.cuda:
            return args[0].to(self._device)
        if func is torch.Tensor.to:
            args = (args[0], *self._first_placed(args[1:]))
        return func(*map(self._placed, args), **self._named_placed(kwargs))

    def _placed(self, value: Any) -> Any:
        is_gpu = isinstance(value, (str, torch.device)) and str(value).partition(":")[0] == "cuda"
        return self._device if is_gpu else value

    def _first_placed(self, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """The arguments of a `to`, whose first may be the number of a GPU."""
        return (self._numbered(args[0]), *args[1:]) if args else args

    def _named_placed(self, kwargs: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._numbered(value) if name == "device" else self._placed(value) for name, value in kwargs.items()}

    def _numbered(self, value: Any) -> Any:
        return self._device if type(value) is int else self._placed(value)
