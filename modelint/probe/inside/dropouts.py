"""Dropouts of the program that are on while the model around them is in eval mode."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from torch import nn
from torch.nn.modules.dropout import _DropoutNd

from modelint.probe.inside.origins import Origins
from modelint.probe.inside.stacks import Stacks

FUNCTIONS = {
    "dropout": True,
    "dropout1d": True,
    "dropout2d": True,
    "dropout3d": True,
    "alpha_dropout": False,
    "feature_alpha_dropout": False,
}
"""Functions of `torch.nn.functional` with `p` and `training` behind their input, and whether they are on if nothing is said."""


class Dropout(NamedTuple):
    """Where a dropout was called, or built while the model ran; the class whose `forward` it is in."""

    stack: int
    built: bool
    class_name: str


class Dropouts:
    """Those of a process, each once."""

    def __init__(self, stacks: Stacks, origins: Origins) -> None:
        self._stacks, self._origins = stacks, origins
        self._seen: dict[Dropout, None] = {}

    @property
    def seen(self) -> list[Dropout]:
        return list(self._seen)

    def called(self, name: str, arguments: Sequence[Any], keywords: dict[str, Any], inside: Sequence[nn.Module]) -> None:
        """The program calls one of the functions inside of these modules, outermost first."""
        if not inside or inside[-1].training or inside[0].training:
            return
        p = keywords.get("p", arguments[1] if len(arguments) > 1 else 0.5)
        training = keywords.get("training", arguments[2] if len(arguments) > 2 else FUNCTIONS[name])
        if not p or not training:
            return
        call = self._stacks.current()
        if not call.by:  # else a library calls it, which has its reasons
            self._seen[Dropout(call.stack, False, type(inside[-1]).__qualname__)] = None

    def entered(self, module: nn.Module, inside: Sequence[nn.Module]) -> None:
        """A module is called inside of these: a dropout in train mode that is part of none of them was built for the call."""
        if not isinstance(module, _DropoutNd) or not module.training or not module.p or not inside:
            return
        if inside[-1].training or inside[0].training or any(part is module for part in inside[0].modules()):
            return
        birth, call = self._origins.birth(module), self._stacks.current()
        if birth is not None and self._stacks.in_same_function(birth.call.stack, call.stack):
            self._seen[Dropout(birth.call.stack, True, type(inside[-1]).__qualname__)] = None
