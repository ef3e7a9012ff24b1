from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent


def test_values_and_alternatives(operations: Callable[..., str]) -> None:
    text = """
        match a:
            case 1 | "x" | None: f()
            case b.C: g()
            case _: h()
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = 1
        %2 = operate == (%0, %1)
        %3 = 'x'
        %4 = operate == (%0, %3)
        %5 = None
        %6 = operate is (%0, %5)
        %7 = operate or (%2, %4, %6)
        if %7:
            %1 = load f global
            %2 = call %1() [f] statement
        else:
            %1 = load b global
            %2 = attribute %1.C
            %3 = operate == (%0, %2)
            if %3:
                %1 = load g global
                %2 = call %1() [g] statement
            else:
                %1 = load h global
                %2 = call %1() [h] statement
        """
    )


def test_classes_and_their_attributes(operations: Callable[..., str]) -> None:
    text = """
        match a:
            case nn.Linear(weight=w, bias=None): f(w)
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = load nn global
        %2 = attribute %1.Linear
        %3 = operate isinstance (%0, %2)
        %4 = attribute %0.weight
        %5 = attribute %0.bias
        %6 = None
        %7 = operate is (%5, %6)
        %8 = operate and (%3, %7)
        if %8:
            store w global %4
            %1 = load f global
            %2 = load w global
            %3 = call %1(%2) [f] statement
        """
    )


def test_positional_parts_of_classes_are_unknown(operations: Callable[..., str]) -> None:
    text = """
        match a:
            case Point(0, y): f(y)
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = load Point global
        %2 = operate isinstance (%0, %1)
        %3 = operate match (%0)
        %4 = 0
        %5 = operate == (%3, %4)
        %6 = operate match (%0)
        %7 = operate and (%2, %5)
        if %7:
            store y global %6
            %1 = load f global
            %2 = load y global
            %3 = call %1(%2) [f] statement
        """
    )


def test_captures_are_stored_before_the_guard(operations: Callable[..., str]) -> None:
    text = """
        match a:
            case B() as b if b.c: f()
            case d if d: g()
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = load B global
        %2 = operate isinstance (%0, %1)
        %3 = %2
        if %2:
            store b global %0
            %4 = load b global
            %5 = attribute %4.c
            %3 = %5
        if %3:
            %1 = load f global
            %2 = call %1() [f] statement
        else:
            store d global %0
            %1 = load d global
            if %1:
                %1 = load g global
                %2 = call %1() [g] statement
        """
    )


def test_sequences_and_mappings_are_unknown_tests(operations: Callable[..., str]) -> None:
    text = """
        match a:
            case [x, 1, *rest]: f()
            case {"k": v, **more}: g()
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = operate match (%0)
        %2 = 0
        %3 = item %0[%2]
        %4 = 1
        %5 = item %0[%4]
        %6 = 1
        %7 = operate == (%5, %6)
        %8 = operate match (%0)
        %9 = operate and (%1, %7)
        if %9:
            store x global %3
            store rest global %8
            %1 = load f global
            %2 = call %1() [f] statement
        else:
            %1 = operate match (%0)
            %2 = 'k'
            %3 = item %0[%2]
            %4 = operate match (%0)
            if %1:
                store v global %3
                store more global %4
                %1 = load g global
                %2 = call %1() [g] statement
        """
    )


def test_alternatives_that_capture(operations: Callable[..., str]) -> None:
    text = """
        match a:
            case B(x=y) | C(y): f(y)
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = load B global
        %2 = operate isinstance (%0, %1)
        %3 = attribute %0.x
        %4 = load C global
        %5 = operate isinstance (%0, %4)
        %6 = operate match (%0)
        %7 = operate or (%2, %5)
        %8 = operate match (%0)
        if %7:
            store y global %8
            %1 = load f global
            %2 = load y global
            %3 = call %1(%2) [f] statement
        """
    )
