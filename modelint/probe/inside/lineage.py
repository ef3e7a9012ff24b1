"""What was computed from the outputs of which forwards, in the graph of autograd or only as data.

A `TorchFunctionMode` sees every torch function that the program calls outside of models. It hands all of them on unchanged and
notes which results depend on which forwards, and which are looked at as plain data. Inside of models it is taken off: there the
output depends on the inputs, and fast paths of torch look whether a mode is on.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._device import DeviceContext
from torch.utils.weak import WeakTensorKeyDictionary

Sources = frozenset[Any]
PLAIN = frozenset(
    "item tolist numpy __array__ __bool__ __int__ __float__ __index__ __repr__ __format__ __contains__"
    " argmax argmin argsort equal allclose isclose bincount unique nonzero topk"
    " eq ne gt ge lt le __eq__ __ne__ __gt__ __ge__ __lt__ __le__".split()
)
"""Functions whose results no gradient passes, and that say that somebody wants to know a value."""
OF_OPTIMIZERS = ("_foreach_", "_fused_")
"""They work on all parameters at once and on nothing that a forward made."""


class Lineage(TorchFunctionMode):
    """Which forwards tensors depend on. `looked_at` is called with the forwards whose values the program looks at."""

    def __init__(self, looked_at: Callable[[Sources], None]) -> None:
        super().__init__()
        self._sources: Any = WeakTensorKeyDictionary()
        self._looked_at = looked_at

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        result = func(*args, **(kwargs or {}))
        name = getattr(func, "__name__", "")
        if torch.compiler.is_compiling() or not self._sources or name.startswith(OF_OPTIMIZERS):
            return result
        sources = self.of((args, kwargs))
        if sources:
            if name in PLAIN:
                self._looked_at(sources)
            self.mark(args[:1] if name == "__setitem__" else result, sources)
        return result

    def of(self, value: object) -> Sources:
        """The forwards that the tensors in a value depend on."""
        found = [self._sources[tensor] for tensor in tensors_in(value) if tensor in self._sources]
        return frozenset().union(*found) if found else frozenset()

    def mark(self, value: object, sources: Sources) -> None:
        """The tensors in a value depend on these forwards too."""
        for tensor in tensors_in(value):
            self._sources[tensor] = self._sources.get(tensor, frozenset()) | sources


def switch_on(mode: TorchFunctionMode) -> None:
    """Puts the mode under all others but a default device, which insists on the lowest place."""
    others = _pop_all()
    if mode not in others:
        lowest = bool(others) and isinstance(others[0], DeviceContext)
        others.insert(1 if lowest else 0, mode)
    _push(others)


def switch_off(mode: TorchFunctionMode) -> None:
    """Takes the mode off, wherever it is."""
    _push([other for other in _pop_all() if other is not mode])


def _pop_all() -> list[Any]:
    count = torch._C._len_torch_function_stack()
    return [torch._C._pop_torch_function_stack() for _ in range(count)][::-1]


def _push(modes: Iterable[Any]) -> None:
    for mode in modes:
        torch._C._push_on_torch_function_stack(mode)


def tensors_in(value: object, depth: int = 6) -> Iterator[torch.Tensor]:
    """The tensors in nested containers and records."""
    if isinstance(value, torch.Tensor):
        yield value
    elif value is None or isinstance(value, (str, int, float)) or not depth:
        return
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from tensors_in(item, depth - 1)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from tensors_in(item, depth - 1)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from tensors_in(vars(value) if hasattr(value, "__dict__") else (), depth - 1)
