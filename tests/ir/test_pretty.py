from __future__ import annotations

from textwrap import dedent

from modelint.ir.ops import Argument, Call, Havoc, If, Return
from modelint.ir.pretty import pretty, pretty_op
from modelint.lowering import lower
from modelint.syntax.parse import parse
from modelint.text.span import NOWHERE, Span


def test_one_operation_a_line() -> None:
    place = Span(3, 7, 3, 9)
    assert pretty_op(Call(2, 0, (Argument("", 1), Argument("mode", 1), Argument("**", 1)), place, "m.train", True)) == (
        "%2 = call %0(%1, mode=%1, **%1) [m.train] statement  @3:7"
    )
    assert pretty_op(Havoc("reason", ("a", "b"), NOWHERE)) == "havoc reason (a, b)"


def test_blocks_are_indented() -> None:
    assert pretty_op(If(0, (Return(1, NOWHERE),), (Return(2, NOWHERE),), Span(1, 1, 1, 2), 0)) == dedent(
        """\
        if %0:  @1:1
            return %1
        else:
            return %2"""
    )


def test_every_statement_has_a_text_form() -> None:
    text = dedent(
        """\
        @register("x")
        class Model(nn.Module, metaclass=M):
            size: int = 3
            def forward(self, x: "Tensor", /, *rest, key=None, **more) -> None:
                yield from x
        while True:
            try:
                a[0], *b = {1, 2}, *c
            except (KeyError, a.Error) as error:
                break
            else:
                continue
            finally:
                d[e] = f"{x!r}"
        else:
            raise
        """
    )
    assert pretty(lower(parse(text, "a.py"), text, "a.py")) == dedent(
        """\
        function 0 <module>():
            %0 = load register global  @1:2
            %1 = 'x'
            %2 = call %0(%1) [register]  @1:2
            %3 = load nn global  @2:13
            %4 = attribute %3.Module  @2:13
            %5 = load M global  @2:34
            %6 = class 0(%4, metaclass=%5)
            %7 = decorate %6 by %2  @1:2
            store Model global %7
            while:  @6:1
                %0 = True
            is %0:
                try:  @7:5
                    %0 = 1
                    %1 = 2
                    %2 = set(%0, %1)  @8:20
                    %3 = load c global  @8:29
                    %4 = tuple(%2, *%3)  @8:20
                    %5, *%6 = unpack %4
                    %7 = load a global  @8:9
                    %8 = 0
                    set %7[%8] %5
                    store b global %6
                except KeyError, a.Error:
                    %0 = operate exception ()  @9:12
                    store error global %0
                    break
                else:
                    continue
                finally:
                    %0 = load x global  @14:16
                    %1 = operate format_spec (%0)  @14:16
                    %2 = operate format (%1)  @14:16
                    %3 = load d global  @14:9
                    %4 = load e global  @14:11
                    set %3[%4] %2
            else:
                raise  @16:5

        function 1 Model.forward(/self, /x: Tensor, *rest, =key = ..., **more) generator:
            %0 = load x local  @5:20
            %1 = yield from %0

        class 0 Model(nn.Module) decorators register field size: int = ...:
            %0 = 3
            store size class %0
            %0 = None
            %1 = function 1(key=%0)
            store forward class %1
        """
    )
