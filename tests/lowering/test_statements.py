from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent


def test_augmented_assignment_reads_and_writes_each_kind_of_target(operations: Callable[..., str]) -> None:
    text = """
        a += 1
        a.b -= c
        a[i] @= 2
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = 1
        %2 = operate += (%0, %1)
        store a global %2
        %0 = load a global
        %1 = attribute %0.b
        %2 = load c global
        %3 = operate -= (%1, %2)
        set %0.b %3
        %0 = load a global
        %1 = load i global
        %2 = item %0[%1]
        %3 = 2
        %4 = operate @= (%2, %3)
        set %0[%1] %4
        """
    )


def test_assignment_to_many_targets(operations: Callable[..., str]) -> None:
    text = """
        a = b.c = d[0] = e
    """
    assert operations(text) == dedent(
        """\
        %0 = load e global
        store a global %0
        %1 = load b global
        set %1.c %0
        %2 = load d global
        %3 = 0
        set %2[%3] %0
        """
    )


def test_unpacking_is_nested(operations: Callable[..., str]) -> None:
    text = """
        (a, *b), c.d = e
    """
    assert operations(text) == dedent(
        """\
        %0 = load e global
        %1, %2 = unpack %0
        %3, *%4 = unpack %1
        store a global %3
        store b global %4
        %5 = load c global
        set %5.d %2
        """
    )


def test_annotation_without_a_value_stores_nothing(operations: Callable[..., str]) -> None:
    text = """
        a: int
        b: int = 1
        self.c: int = 2
    """
    assert operations(text) == dedent(
        """\
        %0 = 1
        store b global %0
        %0 = 2
        %1 = load self global
        set %1.c %0
        """
    )


def test_del_evaluates_owners_only(operations: Callable[..., str]) -> None:
    text = """
        del a
        del b.c, (d[e], f)
    """
    assert operations(text) == dedent(
        """\
        %0 = load b global
        %1 = load d global
        """
    )


def test_assert_is_a_branch_that_raises(operations: Callable[..., str]) -> None:
    text = """
        assert a, f(b)
        assert c
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        if %0:
        else:
            %1 = load f global
            %2 = load b global
            %3 = call %1(%2) [f]
            raise %3
        %0 = load c global
        if %0:
        else:
            %1 = load AssertionError global
            raise %1
        """
    )


def test_raise_evaluates_its_cause(operations: Callable[..., str]) -> None:
    text = """
        raise a(1) from b()
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = 1
        %2 = call %0(%1) [a]
        %3 = load b global
        %4 = call %3() [b]
        raise %2
        """
    )


def test_imports(operations: Callable[..., str]) -> None:
    text = """
        import a
        import a.b
        import a.b as c
        from a.b import c as d, e
        from .. import f
        from .g import *
    """
    assert operations(text) == dedent(
        """\
        %0 = import a
        store a global %0
        %0 = import a.b root
        store a global %0
        %0 = import a.b
        store c global %0
        %0 = import a.b c
        store d global %0
        %1 = import a.b e
        store e global %1
        %0 = import .. f
        store f global %0
        %0 = import .g *
        """
    )


def test_docstrings_and_ellipses_are_nothing(operations: Callable[..., str]) -> None:
    text = '''
        """doc"""
        ...
        pass
    '''
    assert operations(text) == ""


def test_break_outside_a_loop_is_not_modelled(operations: Callable[..., str]) -> None:
    text = """
        break
    """
    assert operations(text) == dedent(
        """\
        havoc break outside a loop
        """
    )
