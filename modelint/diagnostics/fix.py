"""Repairs as text edits."""

from __future__ import annotations

import enum

import msgspec

from modelint.text.span import Span


class Applicability(enum.Enum):
    """What a fix promises."""

    SAFE = "safe"
    """Certain, at the one obvious place, with a mode call that the program already uses or the library documents. May always be applied."""
    UNSAFE = "unsafe"
    """A choice among plausible places, or a change that a reader should see first. Applied only when asked for."""
    DISPLAY = "display"
    """Shown and never applied."""


class Edit(msgspec.Struct, frozen=True):
    """Replace the text of `span` in `filename` (the notebook's `cell`, counted from 1 over all cells, or None) by `content`."""

    filename: str
    span: Span
    content: str
    cell: int | None = None


class Fix(msgspec.Struct, frozen=True):
    """Edits that belong together: all of them are applied or none."""

    applicability: Applicability
    message: str
    edits: tuple[Edit, ...]
