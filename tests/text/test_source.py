"""Line indexes: only `\\n` ends a line, and places survive the way there and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from modelint.text.source import LineIndex

TEXTS = st.text(alphabet="ab\n\f\u2028é😀")


@given(TEXTS)
def test_every_offset_has_a_position_and_every_position_its_offset(text: str) -> None:
    index = LineIndex(text)
    for offset in range(len(text) + 1):
        row, column = index.position(offset)
        assert index.offset(row, column) == offset
        assert index.line(row)[column - 1 : column] == text[offset : offset + 1].replace("\n", "")


@given(TEXTS)
def test_lines_joined_are_the_text(text: str) -> None:
    index = LineIndex(text)
    assert "\n".join(index.line(row) for row in range(1, index.rows + 1)) == text


def test_places_outside_the_text_move_to_its_nearest_end() -> None:
    index = LineIndex("ab\nc")
    assert index.offset(0, 5) == 0
    assert index.offset(9, 1) == 4
    assert index.line(0) == index.line(9) == ""
