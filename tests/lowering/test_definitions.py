from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from modelint.ir.module import UNNAMED, ModuleIR
from modelint.lowering import lower
from modelint.syntax.parse import parse


def test_decorators_are_evaluated_in_order_and_applied_from_the_inside(operations: Callable[..., str]) -> None:
    text = """
        @a
        @b.c(1)
        def f(): pass
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = load b global
        %2 = attribute %1.c
        %3 = 1
        %4 = call %2(%3) [b.c]
        %5 = function 1()
        %6 = decorate %5 by %4
        %7 = decorate %6 by %0
        store f global %7
        """
    )


def test_defaults_are_computed_where_the_function_is_made(operations: Callable[..., str]) -> None:
    text = """
        def f(a, b=c, *, d=e(), g): pass
    """
    assert operations(text) == dedent(
        """\
        %0 = load c global
        %1 = load e global
        %2 = call %1() [e]
        %3 = function 1(b=%0, d=%2)
        store f global %3
        """
    )


def test_class_with_bases_and_keywords(operations: Callable[..., str]) -> None:
    text = """
        @a
        class C(B, *bases, metaclass=M, **more): pass
    """
    assert operations(text) == dedent(
        """\
        %0 = load a global
        %1 = load B global
        %2 = load bases global
        %3 = load M global
        %4 = load more global
        %5 = class 0(%1, *%2, metaclass=%3, **%4)
        %6 = decorate %5 by %0
        store C global %6
        """
    )


def test_lambda_returns_its_expression(operations: Callable[..., str]) -> None:
    text = """
        f = lambda a, b=1: a + b
    """
    assert operations(text, 1) == dedent(
        """\
        %0 = load a local
        %1 = load b local
        %2 = operate + (%0, %1)
        return %2
        """
    )


def parameters_of(lowered: Callable[[str], ModuleIR], signature: str) -> list[tuple[str, str, str, bool]]:
    function = lowered(f"def f({signature}): pass").functions[1]
    return [(found.name, found.kind, found.annotation, found.has_default) for found in function.parameters]


def test_kinds_of_parameters(lowered: Callable[[str], ModuleIR]) -> None:
    assert parameters_of(lowered, "a, /, b, c=1, *d, e, f=2, **g") == [
        ("a", "positional", "", False),
        ("b", "normal", "", False),
        ("c", "normal", "", True),
        ("d", "star", "", False),
        ("e", "keyword", "", False),
        ("f", "keyword", "", True),
        ("g", "double_star", "", False),
    ]


@pytest.mark.parametrize(
    "annotation",
    [
        "nn.Module",
        "'nn.Module'",
        "Optional[nn.Module]",
        "t.Optional['nn.Module']",
        "nn.Module | None",
        "None | nn.Module",
        "'nn.Module | None'",
        "Union[nn.Module, None]",
        "Annotated[nn.Module, 1]",
        "Annotated[Optional[nn.Module], 1]",
    ],
)
def test_annotations_that_name_one_class(lowered: Callable[[str], ModuleIR], annotation: str) -> None:
    assert parameters_of(lowered, f"a: {annotation}") == [("a", "normal", "nn.Module", False)]


@pytest.mark.parametrize("annotation", ["list[A]", "A | B", "'not a name'", "f()", "Union[A, B]", "''", "'\"A\"'", "1"])
def test_annotations_that_do_not(lowered: Callable[[str], ModuleIR], annotation: str) -> None:
    assert parameters_of(lowered, f"a: {annotation}") == [("a", "normal", "", False)]


def test_names_and_places_of_nested_definitions(lowered: Callable[[str], ModuleIR]) -> None:
    module = lowered(
        """
        class A:
            def f(self):
                class B:
                    def g(self): return lambda: 1
                def h(): yield 1
        async def k(): pass
        """
    )
    assert [(found.qualname, found.parent) for found in module.functions] == [
        ("<module>", None),
        ("A.f", None),
        ("A.f.<locals>.B.g", 1),
        ("A.f.<locals>.B.g.<locals>.<lambda>", 2),
        ("A.f.<locals>.h", 1),
        ("k", None),
    ]
    assert [found.name for found in module.functions if found.is_generator] == ["h"]
    assert [found.name for found in module.functions if found.is_async] == ["k"]
    assert [found.qualname for found in module.classes] == ["A", "A.f.<locals>.B"]


def test_decorators_and_bases_are_kept_as_written(lowered: Callable[[str], ModuleIR]) -> None:
    module = lowered(
        """
        @a.b
        @c.d(1)(2)
        @e[0]
        class A(B.C, f(), metaclass=M):
            @torch.no_grad()
            def f(self): pass
        """
    )
    assert module.classes[0].decorators == ("a.b", "c.d", "")
    assert module.classes[0].bases == ("B.C", "")
    assert module.functions[1].decorators == ("torch.no_grad",)


def test_fields_are_the_annotated_names_of_a_class(lowered: Callable[[str], ModuleIR]) -> None:
    module = lowered("class A:\n    a: int\n    b: 'm.B | None' = None\n    c = 1\n    d.e: int = 1\n")
    assert module.classes[0].fields == (("a", "int", False), ("b", "m.B", True))


def test_words_are_what_the_body_and_all_below_it_mention(lowered: Callable[[str], ModuleIR]) -> None:
    module = lowered(
        """
        def f(model, local):
            class A:
                def g(self): return model.eval()
            h(mode=local)
            getattr(local, "train")
            from m.n import k as l
        """
    )
    assert module.functions[1].words == ("eval", "getattr", "h", "k", "m", "mode", "model", "n", "train")
    assert module.functions[2].words == ("eval", "model")


def test_imports_of_all_functions_are_listed(lowered: Callable[[str], ModuleIR]) -> None:
    module = lowered("import a.b\ndef f():\n    from ..c import d, e\n    from . import *\n")
    assert module.imports == (("a.b", None, 0), ("c", "d", 2), ("c", "e", 2), ("", "*", 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('if __name__ == "__main__": f()', True),
        ('if "__main__" == __name__: f()', True),
        ('try:\n    if a: pass\n    elif __name__ == "__main__" and b: pass\nfinally: pass', True),
        ('def f():\n    if __name__ == "__main__": pass', False),
        ('if __name__ != "__main__": f()', False),
    ],
)
def test_main_guard(text: str, expected: bool) -> None:
    module = lower(parse(text, "a.py"), text, "a.py")
    assert module.has_main_guard is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("getattr(hook, event)(self)", True),
        ("run = getattr(hook, event, None)\n    run(self)", True),
        ("for hook in self.hooks:\n        hook(self)", True),
        ("for name, hook in self.hooks.items():\n        hook(self)", True),
        ("self.handlers[event](self)", True),
        ("getattr(hook, 'on_epoch')(self)", False),
        ("x = getattr(hook, event)", False),
        ("for change in self.changes:\n        x = change(x)", False),
        ("for hook in self.hooks:\n        hook.run(self)", False),
        ("self.run(hook)", False),
    ],
)
def test_a_function_says_that_it_calls_what_it_does_not_name(
    body: str, expected: bool, lowered: Callable[[str], ModuleIR]
) -> None:
    module = lowered(f"def emit(self, event, hook, x):\n    {body}\n")
    assert (UNNAMED in module.functions[1].words) is expected
