"""Places in a text.

Rows and columns count from 1 and columns count characters, as editors and every report format do. `end_column` is the
column after the last character.
"""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of text, from its first character to the one after its last."""

    row: int
    column: int
    end_row: int
    end_column: int


NOWHERE = Span(1, 1, 1, 1)
