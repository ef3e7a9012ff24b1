"""What a block of IR is run in: a frame is one activation of a function, exits are the ways out of a block that are not its end."""

from __future__ import annotations

from collections.abc import Callable

from modelint.events import Site
from modelint.interpreter.state import State
from modelint.interpreter.values import ClassInfo, Function, Value
from modelint.ir.module import FunctionIR


class Exits:
    """The states that leave a block otherwise than at its end."""

    __slots__ = ("broken", "continued", "raised", "returned")

    def __init__(self) -> None:
        self.broken: list[State] = []
        self.continued: list[State] = []
        self.returned: list[State] = []
        self.raised: list[State] = []

    def count(self) -> tuple[int, ...]:
        return tuple(map(len, self._all()))

    def rebase(self, counts: tuple[int, ...], before: set[int]) -> None:
        """Put back what was written before a region into the states that left out of it, those behind the `counts` at its start."""
        for states, count in zip(self._all(), counts, strict=True):
            for state in states[count:]:
                state.changes |= before

    def pass_on(self, outer: Exits) -> None:
        """What leaves the function leaves the loop around it as well."""
        outer.returned.extend(self.returned)
        outer.raised.extend(self.raised)

    def _all(self) -> tuple[list[State], ...]:
        return self.broken, self.continued, self.returned, self.raised


class Frame:
    """One activation of a function. `site` and `calls`: in a stub, the place in the user's code that called into it and the calls that led
    there; in the user's code, `calls` are the call sites that led to this frame. `stub_entry`: the stub function that the user's
    code called. `context` tells this activation from others in object identities. `on_yield`: what a `yield` does. `bound`: the
    names that something was assigned to, on any way."""

    __slots__ = (
        "bound", "calls", "cells", "concrete", "context", "depth", "function", "in_forward", "ir", "is_stub", "level", "loops", "module", "on_yield",
        "owner", "site", "stub_entry", "stub_receiver", "stub_text",
    )  # fmt: skip

    def __init__(self, ir: FunctionIR, module: str, *, is_stub: bool, concrete: bool) -> None:
        self.ir, self.module, self.is_stub, self.concrete = ir, module, is_stub, concrete
        self.function: Function | None = None
        self.owner: ClassInfo | None = None
        self.cells: tuple[int, ...] = ()
        self.calls: tuple[Site, ...] = ()
        self.site: Site | None = None
        self.stub_entry: Function | None = None
        self.stub_text = ""
        self.stub_receiver: int | None = None
        self.bound: set[str] = set()
        self.context = 0
        self.depth = 0
        self.level = 0
        self.loops = 0
        self.in_forward = False
        self.on_yield: Callable[[State, Value], list[State]] | None = None
