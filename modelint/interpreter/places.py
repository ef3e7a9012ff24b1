"""Where in the program an object was made, and what it is called there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.events import Site
from modelint.interpreter.state import State
from modelint.interpreter.values import Key, Ref
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


def of_object(machine: Machine, oid: int) -> Site | None:
    """The expression that made an object; None where that is not in the project."""
    found = _path_and_span(machine.origins.get(oid, ()))
    if found is None or machine.linker.is_stub(found[0]):
        return None
    path, span = found
    functions = [each for each in machine.linker.module(path).functions if _holds(each.span, span)]
    return Site(path, max(functions, key=lambda each: (each.span.row, each.span.column)).qualname, span) if functions else None


def name_of(state: State, oid: int) -> str:
    """The local variable that holds a module where a library was called."""
    for names in reversed(state.stack):
        for name, value in names.items():
            if isinstance(name, str) and value == Ref(oid):
                return name
    return ""


def _path_and_span(key: Key) -> tuple[str, Span] | None:
    for part, following in zip(key, (*key, None)[1:], strict=True):
        if isinstance(part, str) and isinstance(following, Span):
            return part, following
        if isinstance(part, tuple) and not isinstance(part, Span) and (found := _path_and_span(part)) is not None:
            return found
    return None


def _holds(outer: Span, inner: Span) -> bool:
    return (outer.row, outer.column) <= (inner.row, inner.column) and (inner.end_row, inner.end_column) <= (
        outer.end_row,
        outer.end_column,
    )
