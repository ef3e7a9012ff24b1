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

Around = Sequence[tuple[nn.Module, Any]]
"""The modules that run, outermost first, each with something else."""


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

    def called(self, name: str, arguments: Sequence[Any], keywords: dict[str, Any], around: Around) -> None:
        """The program calls one of the functions."""
        if _is_training(around):
            return
        p = keywords.get("p", arguments[1] if len(arguments) > 1 else 0.5)
        training = keywords.get("training", arguments[2] if len(arguments) > 2 else FUNCTIONS[name])
        if not p or not training:
            return
        call = self._stacks.current()
        if not call.by:  # else a library calls it, which has its reasons
            self._seen[Dropout(call.stack, False, type(around[-1][0]).__qualname__)] = None

    def entered(self, module: nn.Module, around: Around) -> None:
        """A module is called: a dropout in train mode that is no part of the model was built for the call."""
        if not isinstance(module, _DropoutNd) or not module.training or not module.p or _is_training(around):
            return
        if any(part is module for part in around[0][0].modules()):
            return
        birth, call = self._origins.birth(module), self._stacks.current()
        if birth is not None and self._stacks.in_same_function(birth.call.stack, call.stack):
            self._seen[Dropout(birth.call.stack, True, type(around[-1][0]).__qualname__)] = None


def _is_training(around: Around) -> bool:
    """Whether the model or the innermost module that runs is in train mode; true outside of all models."""
    return not around or around[-1][0].training or around[0][0].training
