"""Edits of a text by offsets, and lines with the ends they have on disk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelint.text.edit import RawLines, TextEdit, apply_edits


@st.composite
def texts_with_edits(draw):
    text = draw(st.text(max_size=40))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [TextEdit(start, end, draw(st.text(max_size=5))) for start, end in pairs]


@given(texts_with_edits(), st.randoms())
def test_order_does_not_matter_and_the_rest_stays(case, random):
    text, edits = case
    shuffled = random.sample(edits, len(edits))
    expected = text
    for edit in reversed(edits):
        expected = expected[: edit.start] + edit.content + expected[edit.end :]
    assert apply_edits(text, shuffled) == expected


def test_insertions_at_one_place_are_sorted_and_made_once():
    edits = [TextEdit(1, 1, "y"), TextEdit(1, 1, "x"), TextEdit(1, 1, "y")]
    assert apply_edits("ab", edits) == "axyb"


@pytest.mark.parametrize("edits", [[TextEdit(0, 2, ""), TextEdit(1, 3, "")], [TextEdit(5, 9, "")], [TextEdit(2, 1, "")]])
def test_overlaps_and_places_outside_are_errors(edits):
    with pytest.raises(ValueError, match="overlaps"):
        apply_edits("abcdef", edits)


class TestRawLines:
    def test_rows_count_every_kind_of_line_end_once(self):
        lines = RawLines("a\r\nb\rc\nd")
        assert [lines.offset(row, 1) for row in (1, 2, 3, 4)] == [0, 3, 5, 7]

    def test_a_column_past_the_line_is_its_end(self):
        assert RawLines("ab\r\ncd").offset(1, 9) == 2

    @pytest.mark.parametrize(("row", "newline"), [(1, "\r\n"), (2, "\r"), (3, "\r")])
    def test_line_ends_are_those_of_the_place(self, row, newline):
        assert RawLines("a\r\nb\rc").newline(row) == newline

    def test_a_text_of_one_line_has_the_usual_end(self):
        assert RawLines("a", "\r\n").newline(1) == "\r\n"

    def test_form_feeds_end_no_line(self):
        assert RawLines("a\fb\u2028c\nd").offset(2, 1) == 6
