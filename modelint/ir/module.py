"""What lowering makes of a file: a `ModuleIR`. Plain frozen data, no syntax tree, safe to send to a process or the disk."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from modelint.ir.ops import Op
from modelint.text.span import Span

UNNAMED = "<unnamed>"
"""The word of a function that calls what it does not name."""
ParameterKind: TypeAlias = Literal["positional", "normal", "star", "keyword", "double_star"]


class Parameter(msgspec.Struct, frozen=True, array_like=True):
    """A parameter. `annotation` is a dotted name as written (of `Optional[X]`, `X | None` and a quoted name: the X), else ""."""

    name: str
    kind: ParameterKind
    annotation: str
    has_default: bool


class FunctionIR(msgspec.Struct, frozen=True, array_like=True):
    """A function, lambda or the top level of a module (index 0, named `<module>`).

    `cells`: locals that nested functions use. `words`: every attribute name, global name and keyword that the body or a
    function or class nested in it mentions, for the question whether anything relevant lies below, and `UNNAMED` where it calls
    what it does not name. `decorators`: as
    written (dotted names). `span` covers the whole definition, `header` just the `def` line's name.
    """

    index: int
    name: str
    qualname: str
    parameters: tuple[Parameter, ...]
    cells: tuple[str, ...]
    body: tuple[Op, ...]
    words: tuple[str, ...]
    decorators: tuple[str, ...]
    span: Span
    header: Span
    is_generator: bool = False
    is_async: bool = False
    parent: int | None = None
    """Index of the function that this one is nested in directly (not through a class body)."""


class ClassIR(msgspec.Struct, frozen=True, array_like=True):
    """A class. Its body runs in a namespace of its own; `decorators` and `bases` are as written (dotted names, "" for others).
    `fields` are the annotated names of the body in order, with whether they have a value (for dataclasses)."""

    index: int
    name: str
    qualname: str
    bases: tuple[str, ...]
    decorators: tuple[str, ...]
    cells: tuple[str, ...]
    body: tuple[Op, ...]
    fields: tuple[tuple[str, str, bool], ...]
    span: Span
    header: Span


class ModuleIR(msgspec.Struct, frozen=True, array_like=True):
    """One file. `functions[0]` is its top level. `imports` lists (module, member or None, level) of every import anywhere in it.
    `has_main_guard`: it tests `__name__ == "__main__"`. `havocs` counts constructs that are not modelled."""

    path: str
    functions: tuple[FunctionIR, ...]
    classes: tuple[ClassIR, ...]
    imports: tuple[tuple[str, str | None, int], ...]
    has_main_guard: bool
    havocs: int = 0
