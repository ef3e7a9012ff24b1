"""Alternatives tried in order, of which one runs at most: `if` with its `elif`s, the cases of a `match`.

They become an `If` in the `orelse` of the one before. A chain of hundreds would so be nested hundreds deep, and whatever works on
the IR follows its nesting by recursion; such a chain is cut into pieces, and a register says whether none has run yet.
"""

from __future__ import annotations

from modelint.ir.ops import Block, Constant, If, Op, Register
from modelint.lowering.frame import Frame
from modelint.text.span import Span

LONGEST = 24
"""How many alternatives may be nested in each other."""


class Alternatives:
    """One such chain in the making: for each alternative `begin` and `end`, then what comes if none holds, then `finish`."""

    def __init__(self, frame: Frame, count: int) -> None:
        self._frame = frame
        self._outer_base = frame.base
        self._nested: list[tuple[list[Op], Register, Block, Span]] = []
        self._piece: tuple[list[Op], Span] | None = None
        self._pending: Register | None = None
        if count > LONGEST:
            self._pending = frame.constant(True)
            frame.base = frame.next

    def begin(self) -> list[Op]:
        """Begin what runs if an alternative's condition holds."""
        outer = self._frame.open()
        if self._pending is not None:
            self._frame.ops.append(Constant(self._pending, False))
        return outer

    def end(self, outer: list[Op], condition: Register, span: Span) -> None:
        """End it, and begin what runs if the condition does not hold."""
        frame = self._frame
        then = frame.close(outer)
        self._nested.append((frame.open(), condition, then, span))
        if self._pending is not None and len(self._nested) == LONGEST:
            self._close_piece()
            self._piece = (frame.open(), span)

    def finish(self) -> None:
        """End the chain, after what runs if no alternative does."""
        self._close_piece()
        self._frame.base = self._outer_base

    def _close_piece(self) -> None:
        frame = self._frame
        while self._nested:
            outer, condition, then, span = self._nested.pop()
            orelse = frame.close(outer)
            frame.ops.append(If(condition, then, orelse, span, frame.base))
        if self._piece is not None and self._pending is not None:
            outer, span = self._piece
            block = frame.close(outer)
            frame.ops.append(If(self._pending, block, (), span, frame.base))
            self._piece = None
