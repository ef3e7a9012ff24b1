"""What a function does apart from its constants."""

from __future__ import annotations

from collections.abc import Hashable

import msgspec

from modelint.ir.module import FunctionIR
from modelint.ir.ops import Constant
from modelint.text.span import Span


def form_of(function: FunctionIR) -> Hashable:
    """Equal for functions whose parameters and bodies differ in constants and places only."""
    return _without_constants(function.parameters), _without_constants(function.body)


def _without_constants(part: object) -> Hashable:
    if isinstance(part, Span):
        return None
    if isinstance(part, Constant):
        return Constant, part.into, type(part.value)
    if isinstance(part, msgspec.Struct):
        return type(part), *(_without_constants(getattr(part, name)) for name in part.__struct_fields__)
    if isinstance(part, tuple):
        return tuple(map(_without_constants, part))
    assert isinstance(part, (str, int, type(None)))
    return part
