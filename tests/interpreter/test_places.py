"""Where something was made, from its identity."""

from modelint.interpreter.places import _path_and_span
from modelint.text.span import Span

SPAN = Span(3, 5, 3, 9)


def test_a_place_is_found_however_deep_it_is() -> None:
    assert _path_and_span(("list", ("call", ("new", 7, "net.py", SPAN)), ())) == ("net.py", SPAN)


def test_keyword_arguments_have_no_place() -> None:
    assert _path_and_span(("dict", ("kwargs", 7, "net.py", 1), ())) is None
