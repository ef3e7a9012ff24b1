from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent


def test_short_circuit_without_effects_is_an_operation(operations: Callable[..., str]) -> None:
    text = """
        a and b.c and not isinstance(d, str)
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = load b global
        %2 = attribute %1.c
        %3 = load isinstance global
        %4 = load d global
        %5 = load str global
        %6 = call %3(%4, %5) [isinstance]
        %7 = operate not (%6)
        %8 = operate and (%0, %2, %7)
        """
    )


def test_arithmetic_and_displays_have_no_effects(operations: Callable[..., str]) -> None:
    text = """
        step and step % 2 == 0 and name in ("a", "b")
    """
    assert operations(text) == dedent(
        """\
        %0 = load step global
        %1 = load step global
        %2 = 2
        %3 = operate % (%1, %2)
        %4 = 0
        %5 = operate == (%3, %4)
        %6 = load name global
        %7 = 'a'
        %8 = 'b'
        %9 = tuple(%7, %8)
        %10 = operate in (%6, %9)
        %11 = operate and (%0, %5, %10)
        """
    )


def test_short_circuit_with_effects_branches(operations: Callable[..., str]) -> None:
    text = """
        a and b or f(c) or d
    """
    assert operations(text) == dedent(
        """\
        %1 = load a global
        %2 = load b global
        %3 = operate and (%1, %2)
        %0 = %3
        if %3:
        else:
            %4 = load f global
            %5 = load c global
            %6 = call %4(%5) [f]
            %7 = load d global
            %8 = operate or (%6, %7)
            %0 = %8
        """
    )


def test_every_operand_with_effects_is_a_branch_of_its_own(operations: Callable[..., str]) -> None:
    text = """
        a() and b() and c()
    """
    assert operations(text) == dedent(
        """\
        %1 = load a global
        %2 = call %1() [a]
        %0 = %2
        if %2:
            %3 = load b global
            %4 = call %3() [b]
            %0 = %4
            if %4:
                %5 = load c global
                %6 = call %5() [c]
                %0 = %6
        """
    )


def test_walrus_is_an_effect(operations: Callable[..., str]) -> None:
    text = """
        a and (b := c)
    """
    assert operations(text) == dedent(
        """\
        %1 = load a global
        %0 = %1
        if %1:
            %2 = load c global
            store b global %2
            %0 = %2
        """
    )


def test_conditional_expression_gives_both_branches_one_register(operations: Callable[..., str]) -> None:
    text = """
        x = f() if a else b
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        if %0:
            %2 = load f global
            %3 = call %2() [f]
            %1 = %3
        else:
            %4 = load b global
            %1 = %4
        store x global %1
        """
    )


def test_comparison_chain(operations: Callable[..., str]) -> None:
    text = """
        a < b() <= 3
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = load b global
        %2 = call %1() [b]
        %3 = operate < (%0, %2)
        %4 = 3
        %5 = operate <= (%2, %4)
        %6 = operate and (%3, %5)
        """
    )


def test_minus_before_a_constant_is_folded(operations: Callable[..., str]) -> None:
    text = """
        x = [-1, -2.5, -a, 1j, b"x", ...]
    """
    assert operations(text) == dedent(
        """\
        %0 = -1
        %1 = -2.5
        %2 = load a global
        %3 = operate - (%2)
        %4 = '1j'
        %5 = "b'x'"
        %6 = 'Ellipsis'
        %7 = list(%0, %1, %3, %4, %5, %6)
        store x global %7
        """
    )


def test_f_string_is_made_of_its_pieces(operations: Callable[..., str]) -> None:
    text = """
        f"{name}/best_{step:03d}.pt"
    """
    assert operations(text) == dedent(
        """\
        %0 = load name global
        %1 = '/best_'
        %2 = load step global
        %3 = '03d'
        %4 = operate format (%3)
        %5 = operate format_spec (%2, %4)
        %6 = '.pt'
        %7 = operate format (%0, %1, %5, %6)
        """
    )


def test_slices_and_items(operations: Callable[..., str]) -> None:
    text = """
        a[1:, ::2]
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = 1
        %2 = None
        %3 = None
        %4 = operate slice (%1, %2, %3)
        %5 = None
        %6 = None
        %7 = 2
        %8 = operate slice (%5, %6, %7)
        %9 = tuple(%4, %8)
        %10 = item %0[%9]
        """
    )


def test_dict_display(operations: Callable[..., str]) -> None:
    text = """
        {"a": b, **c}
    """
    assert operations(text) == dedent(
        """\
        %0 = 'a'
        %1 = load b global
        %2 = load c global
        %3 = dict(%0, %1, **%2)
        """
    )


def test_call_with_all_kinds_of_arguments(operations: Callable[..., str]) -> None:
    text = """
        f(a, *b, mode=c, **d)
    """
    assert operations(text) == dedent(
        """\
        %0 = load f global
        %1 = load a global
        %2 = load b global
        %3 = load c global
        %4 = load d global
        %5 = call %0(%1, *%2, mode=%3, **%4) [f] statement
        """
    )


def test_only_the_whole_statement_stands_alone(operations: Callable[..., str]) -> None:
    text = """
        a.b().c
        a.eval()
        x = a.eval()
        f(a.eval)
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = attribute %0.b
        %2 = call %1() [a.b]
        %3 = attribute %2.c statement
        %0 = load a global
        %1 = attribute %0.eval
        %2 = call %1() [a.eval] statement
        %0 = load a global
        %1 = attribute %0.eval
        %2 = call %1() [a.eval]
        store x global %2
        %0 = load f global
        %1 = load a global
        %2 = attribute %1.eval
        %3 = call %0(%2) [f] statement
        """
    )


def test_await_is_transparent(operations: Callable[..., str]) -> None:
    text = """
        async def f(m):
            await m.eval()
            x = await m.fit
    """
    assert operations(text, 1) == dedent(
        """\
        %0 = load m local
        %1 = attribute %0.eval
        %2 = call %1() [m.eval] statement
        %0 = load m local
        %1 = attribute %0.fit
        store x local %1
        """
    )


def test_yield_gives_a_register(operations: Callable[..., str]) -> None:
    text = """
        def f():
            x = yield 1
            yield from x
            yield
    """
    assert operations(text, 1) == dedent(
        """\
        %0 = 1
        %1 = yield %0
        store x local %1
        %0 = load x local
        %1 = yield from %0
        %0 = None
        %1 = yield %0
        """
    )


def test_named_slices_of_a_chain_have_no_text(operations: Callable[..., str]) -> None:
    text = """
        f().x(1)
    """
    assert operations(text) == dedent(
        """\
        %0 = load f global
        %1 = call %0() [f]
        %2 = attribute %1.x
        %3 = 1
        %4 = call %2(%3) statement
        """
    )
