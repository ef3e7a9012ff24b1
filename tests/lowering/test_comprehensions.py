from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent


def test_variables_get_a_name_of_their_own(operations: Callable[..., str]) -> None:
    text = """
        x = [x for x in x if x]
    """
    assert operations(text) == dedent(
        """\
        %0 = list()
        %1 = load x global
        for each %2 in %1:
            store x#1 global %2
            %3 = load x#1 global
            if %3:
                %4 = load x#1 global
                collect %0 %4
        store x global %0
        """
    )


def test_two_comprehensions_have_different_variables(operations: Callable[..., str]) -> None:
    text = """
        [a for a in b]
        {a for a in b}
    """
    assert operations(text) == dedent(
        """\
        %0 = list()
        %1 = load b global
        for each %2 in %1:
            store a#1 global %2
            %3 = load a#1 global
            collect %0 %3
        %0 = set()
        %1 = load b global
        for each %2 in %1:
            store a#2 global %2
            %3 = load a#2 global
            collect %0 %3
        """
    )


def test_loops_are_nested_and_only_the_first_iterable_is_outside(operations: Callable[..., str]) -> None:
    text = """
        {k: v for k in a for v in k.items() if v}
    """
    assert operations(text) == dedent(
        """\
        %0 = dict()
        %1 = load a global
        for each %2 in %1:
            store k#1 global %2
            %3 = load k#1 global
            %4 = attribute %3.items
            %5 = call %4() [k.items]
            for each %6 in %5:
                store v#1 global %6
                %7 = load v#1 global
                if %7:
                    %8 = load k#1 global
                    %9 = load v#1 global
                    collect %0 %8: %9
        """
    )


def test_generator_expressions_are_lists(operations: Callable[..., str]) -> None:
    text = """
        sum(m(x) for x, y in a)
    """
    assert operations(text) == dedent(
        """\
        %0 = load sum global
        %1 = list()
        %2 = load a global
        for each %3 in %2:
            %4, %5 = unpack %3
            store x#1 global %4
            store y#1 global %5
            %6 = load m global
            %7 = load x#1 global
            %8 = call %6(%7) [m]
            collect %1 %8
        %9 = call %0(%1) [sum] statement
        """
    )


def test_walrus_binds_outside(operations: Callable[..., str]) -> None:
    text = """
        def f(a):
            [(last := x) for x in a]
            return last
    """
    assert operations(text, 1) == dedent(
        """\
        %0 = list()
        %1 = load a local
        for each %2 in %1:
            store x#1 local %2
            %3 = load x#1 local
            store last local %3
            collect %0 %3
        %0 = load last local
        return %0
        """
    )


def test_lambda_captures_the_variable_of_the_comprehension(operations: Callable[..., str]) -> None:
    text = """
        def f(a):
            return [lambda: x for x in a]
    """
    assert operations(text, 2) == dedent(
        """\
        %0 = load x#1 cell
        return %0
        """
    )
