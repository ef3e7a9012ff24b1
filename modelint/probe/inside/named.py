"""Methods that a program names and does not call: `model.eval` as a statement."""

from __future__ import annotations

import dis
import sys
from collections.abc import Callable
from functools import cache
from types import CodeType, FrameType
from typing import Any

from torch import nn


class NamedMethod:
    """Stands for a method in its class. `dropped` is given the object where a frame names the method of one and drops it again; `is_watched`
    says for which frames this is to be found out."""

    def __init__(
        self, method: Callable[..., Any], is_watched: Callable[[FrameType], bool], dropped: Callable[[nn.Module, str], None]
    ) -> None:
        self._method, self._is_watched, self._dropped = method, is_watched, dropped

    def __get__(self, module: nn.Module | None, owner: type | None = None) -> Any:
        if module is None:
            return self._method
        frame = sys._getframe(1)
        name = self._method.__name__
        if self._is_watched(frame) and _is_dropped(frame.f_code, frame.f_lasti, name):
            self._dropped(module, name)
        return self._method.__get__(module, owner)


@cache
def _is_dropped(code: CodeType, position: int, name: str) -> bool:
    """Whether an instruction of a code gets the attribute, and the next one throws it away."""
    instructions = [instruction for instruction in dis.get_instructions(code) if instruction.offset >= position]
    gets, then = instructions[0], instructions[1:2]
    return gets.opname == "LOAD_ATTR" and gets.argval == name and [each.opname for each in then] == ["POP_TOP"]
