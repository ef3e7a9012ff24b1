from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent


def test_elif_is_an_if_in_the_else(operations: Callable[..., str]) -> None:
    text = """
        if a:
            f()
        elif b:
            g()
        else:
            h()
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        if %0:
            %0 = load f global
            %1 = call %0() [f] statement
        else:
            %0 = load b global
            if %0:
                %0 = load g global
                %1 = call %0() [g] statement
            else:
                %0 = load h global
                %1 = call %0() [h] statement
        """
    )


def test_registers_of_a_region_stay_in_use_inside_it(operations: Callable[..., str]) -> None:
    text = """
        for x in f(a):
            g(x)
        else:
            h()
    """
    assert operations(text) == dedent(
        """\
        %0 = load f global
        %1 = load a global
        %2 = call %0(%1) [f]
        for %3 in %2:
            store x global %3
            %4 = load g global
            %5 = load x global
            %6 = call %4(%5) [g] statement
        else:
            %0 = load h global
            %1 = call %0() [h] statement
        """
    )


def test_while_has_its_test_in_a_block(operations: Callable[..., str]) -> None:
    text = """
        while f() and g():
            continue
        else:
            h()
    """
    assert operations(text) == dedent(
        """\
        while:
            %1 = load f global
            %2 = call %1() [f]
            %0 = %2
            if %2:
                %3 = load g global
                %4 = call %3() [g]
                %0 = %4
        is %0:
            continue
        else:
            %0 = load h global
            %1 = call %0() [h] statement
        """
    )


def test_with_items_are_nested(operations: Callable[..., str]) -> None:
    text = """
        with a() as b, c() as (d, e):
            f()
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = call %0() [a]
        with %1 as %2:
            store b global %2
            %3 = load c global
            %4 = call %3() [c]
            with %4 as %5:
                %6, %7 = unpack %5
                store d global %6
                store e global %7
                %6 = load f global
                %7 = call %6() [f] statement
        """
    )


def test_with_without_a_target(operations: Callable[..., str]) -> None:
    text = """
        with a.b():
            return
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = attribute %0.b
        %2 = call %1() [a.b]
        with %2 as %3:
            %4 = None
            return %4
        """
    )


def test_try_with_all_parts(operations: Callable[..., str]) -> None:
    text = """
        try:
            a()
        except (B, c.D) as e:
            f(e)
        except:
            raise
        else:
            g()
        finally:
            h()
    """
    assert operations(text) == dedent(
        """\
        try:
            %0 = load a global
            %1 = call %0() [a] statement
        except B, c.D:
            %0 = operate exception ()
            store e global %0
            %0 = load f global
            %1 = load e global
            %2 = call %0(%1) [f] statement
        except:
            raise
        else:
            %0 = load g global
            %1 = call %0() [g] statement
        finally:
            %0 = load h global
            %1 = call %0() [h] statement
        """
    )
