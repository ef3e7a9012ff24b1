"""The real side of the timeline: a program is executed under a tracer that asks, after each line of its main file has run, which
mode a model is in that the line has a name for.
"""

from __future__ import annotations

import ast
import inspect
import sys
import types
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.oracle.real import kinds_of

Modes = dict[tuple[int, str], set[str]]
"""By line and name, the modes that were seen."""


class Tracer:
    """Looks at the names that are `wanted` at each line."""

    def __init__(self, path: str, text: str, wanted: Mapping[int, set[str]]) -> None:
        self.path, self.wanted = path, wanted
        self.modes: Modes = defaultdict(set)
        self._last: dict[types.FrameType, int] = {}
        self._bodies = dict(_bodies(text))

    def __call__(self, frame: types.FrameType, event: str, _: Any) -> Tracer | None:
        if frame.f_code.co_filename != self.path:
            return None
        last = self._last.get(frame)
        if event == "line":
            self._look(frame, last, frame.f_lineno)
            self._last[frame] = frame.f_lineno
        elif event == "exception":
            self._last.pop(frame, None)  # the line did not run to its end
        elif event == "return" and not frame.f_code.co_flags & inspect.CO_GENERATOR:
            self._look(frame, last, 0)
        return self

    def _look(self, frame: types.FrameType, row: int | None, following: int) -> None:
        """After `row` has run, and before the line `following`. Python comes back to the line of a loop or a `with` when it is
        over; the timeline shows how their bodies begin."""
        import torch

        if row is None or (row in self._bodies and following not in self._bodies[row]):
            return
        for name in self.wanted.get(row, ()):
            try:
                model = eval(name, frame.f_globals, frame.f_locals)
            except (NameError, AttributeError, LookupError, TypeError):
                continue
            if isinstance(model, torch.nn.Module) and not _is_inert(model):
                self.modes[row, name].add("train" if model.training else "eval")


def _is_inert(model: Any) -> bool:
    """A layer of which nothing depends on its mode, which the interpreter therefore does not follow."""
    return type(model).__module__.startswith("torch.") and not list(model.children()) and not kinds_of(model)


def _bodies(text: str) -> Iterator[tuple[int, range]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.For, ast.While, ast.With)) and node.body[0].lineno > node.lineno:
            yield node.lineno, range(node.body[0].lineno, (node.body[-1].end_lineno or 0) + 1)


@contextmanager
def tracing(tracer: Tracer) -> Iterator[None]:
    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        yield
    finally:
        sys.settrace(before)
