"""The bases of a class: in which order they are asked for an attribute, and which of them say nothing about models."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from modelint.interpreter.values import ClassInfo, Data, External, Native, Value

PLAIN_BASES = frozenset(sys.stdlib_module_names) | {"builtins", "typing_extensions", "numpy", "pydantic", "attr", "attrs"}


def is_plain(base: Value) -> bool:
    """A base that adds nothing about models: `object`, what the standard library has, subscripted generics of these."""
    if type(base) is External:
        return base.name.partition(".")[0] in PLAIN_BASES
    if type(base) is Native:
        return True
    return type(base) is Data and base.key is not None and base.key[0] == "item" and base.key[1] is None


def linearise(info: ClassInfo, bases: Sequence[ClassInfo]) -> tuple[ClassInfo, ...]:
    """C3; where that fails, depth first."""
    sequences = [list(base.mro) for base in bases] + [list(bases)]
    result = [info]
    while any(sequences):
        sequences = [sequence for sequence in sequences if sequence]
        head = next((s[0] for s in sequences if not any(s[0] in other[1:] for other in sequences)), None)
        if head is None:
            ordered = dict.fromkeys([info, *(each for base in bases for each in base.mro)])
            return tuple(ordered)
        result.append(head)
        sequences = [[each for each in s if each is not head] for s in sequences]
    return tuple(result)
