from __future__ import annotations

from modelint.ir.module import ModuleIR
from modelint.ir.ops import Call, For
from modelint.lowering import lower
from modelint.syntax.parse import parse
from modelint.text.span import Span


def lowered(text: str) -> ModuleIR:
    return lower(parse(text, "a.py"), text, "a.py")


def calls(text: str) -> list[Span]:
    return [op.span for op in lowered(text).functions[0].body if isinstance(op, Call)]


def test_rows_and_columns_count_from_one() -> None:
    assert calls("x = 1; f(\n  x)\n") == [Span(1, 8, 2, 5)]


def test_columns_count_characters() -> None:
    assert calls('"é漢😀"; f()\nf()\nf("ä")\n') == [Span(1, 8, 1, 11), Span(2, 1, 2, 4), Span(3, 1, 3, 7)]


def test_only_real_line_ends_end_a_line() -> None:
    assert calls('x = "é\x0c\u2028"; f()\r\nf()\rf("é")') == [Span(1, 12, 1, 15), Span(2, 1, 2, 4), Span(3, 1, 3, 7)]


def test_region_spans_its_first_line() -> None:
    (loop,) = [op for op in lowered("for x in (\n    y):\n    pass\n").functions[0].body if isinstance(op, For)]
    assert loop.span == Span(1, 1, 2, 6)


def test_definition_spans_its_decorators_and_its_header_the_name() -> None:
    module = lowered("x\n@(\n  a)\n@b\nasync  def é1 (): pass\n@c\nclass  B: pass\ndef f(): pass\n")
    assert [(found.span, found.header) for found in module.functions[1:]] == [
        (Span(2, 1, 5, 23), Span(5, 12, 5, 14)),
        (Span(8, 1, 8, 14), Span(8, 5, 8, 6)),
    ]
    assert (module.classes[0].span, module.classes[0].header) == (Span(6, 1, 7, 15), Span(7, 8, 7, 9))


def test_name_on_a_continuation_line() -> None:
    assert lowered("def \\\n  f(): pass\n").functions[1].header == Span(1, 1, 1, 6)


def test_whole_file() -> None:
    assert lowered("x\ny = 'é'").functions[0].span == Span(1, 1, 2, 8)


def test_what_is_in_an_f_string_stands_where_the_string_does() -> None:
    assert calls('x = f"""a\n{f(1)} {(lambda: 1)():>{g()}}"""; h()\n')[-1] == Span(2, 35, 2, 38)
    module = lowered('x = f"""a\n{f(1)} {(lambda: g())()}"""\n')
    found = [op.span for function in module.functions for op in function.body if isinstance(op, Call)]
    assert found == [Span(1, 5, 2, 28)] * 3
