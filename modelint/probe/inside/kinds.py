"""Which modules do something different by mode, and what.

torch's own layers are known. Any other class counts if its code reads `self.training`: as a dropout if it has a rate for one
above zero, as `other` if it is the user's and has no rate at all. In libraries a bare read of `self.training` mostly switches
gradient checkpointing or merges weights and changes no result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import CodeType, FunctionType
from typing import Any

import torch
from torch import nn
from torch.nn.modules.batchnorm import _NormBase
from torch.nn.modules.dropout import _DropoutNd
from torch.nn.parameter import is_lazy

_PLAIN_BASE = "torch.nn.modules"


def kind_of(module: nn.Module, is_users: Callable[[object], bool]) -> str:
    """The kind of the module itself, without its parts; "" if it is the same in both modes."""
    if isinstance(module, _DropoutNd):
        return "dropout" if module.p > 0 else ""
    if isinstance(module, _NormBase):
        return "batch_norm" if module.track_running_stats else ""
    if isinstance(module, nn.RNNBase):
        return "rnn"
    if isinstance(module, nn.MultiheadAttention):
        return "dropout" if module.dropout > 0 else ""
    if isinstance(module, nn.RReLU):
        return "other" if module.lower != module.upper else ""
    cls: Any = type(module)
    if cls.__module__.startswith("torch.") or not _reads_training(cls):
        return ""
    rates = list(_rates(module))
    if rates:
        return "dropout" if any(rate > 0 for rate in rates) else ""
    return "other" if is_users(getattr(cls, "forward", None)) else ""


def details_of(module: nn.Module, kind: str) -> str:
    """The settings of a layer, as a reader would write them."""
    if kind == "dropout":
        rate = getattr(module, "p", None)
        return f"p={rate if rate is not None else max(_rates(module), default=0)}"
    if kind == "batch_norm":
        return f"momentum={getattr(module, 'momentum', None)}"
    if kind == "rnn":
        return f"dropout={getattr(module, 'dropout', 0)}"
    return ""


def _rates(module: nn.Module) -> Iterator[float]:
    """The module's attributes for a rate of dropout."""
    for name, value in vars(module).items():
        if "drop" in name.lower() and isinstance(value, (int, float)) and not isinstance(value, bool):
            yield value


@cache
def _reads_training(cls: type[Any]) -> bool:
    """Whether `forward`, or a method that it calls, reads the flag."""
    pending, seen = ["forward"], {"train", "eval", "__init__"}
    while pending:
        name = pending.pop()
        method = _method(cls, name)
        if name in seen or method is None:
            continue
        seen.add(name)
        names = set(names_in(method.__code__))
        if "training" in names:
            return True
        pending.extend(names)
    return False


def _method(cls: type[Any], name: str) -> Any:
    method = getattr(cls, name, None)
    is_function = isinstance(method, FunctionType)
    return method if is_function and not (method.__module__ or "").startswith(_PLAIN_BASE) else None


def names_in(code: CodeType) -> Iterator[str]:
    """The names of attributes and globals that a code uses."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from names_in(constant)


def has_moved(layer: nn.Module, before: tuple[int, int]) -> bool:
    """Whether the running statistics were written since `versions_of` gave `before`. A momentum of zero leaves them as they were."""
    return getattr(layer, "momentum", None) != 0.0 and versions_of(layer) != before


def is_made(layer: nn.Module) -> bool:
    """Whether the running statistics are there: a lazy layer has none before its first forward."""
    buffer: Any = getattr(layer, "running_mean", None)
    return not is_lazy(buffer)


def versions_of(layer: nn.Module) -> tuple[int, int]:
    """How often the running statistics were written: torch counts that, and asking for it does not wait for a device."""
    return _version(layer, "running_mean"), _version(layer, "num_batches_tracked")


def _version(layer: nn.Module, name: str) -> int:
    buffer = getattr(layer, name, None)
    if not isinstance(buffer, torch.Tensor) or is_lazy(buffer) or buffer.is_inference():
        return 0
    return buffer._version
