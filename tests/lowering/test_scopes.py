from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest

from modelint.ir.module import ModuleIR
from modelint.ir.ops import Block, For, Handler, If, Load, Op, Store, Try, While, With

Lowered = Callable[[str], ModuleIR]


def names(block: Block) -> Iterator[Load | Store]:
    for op in block:
        if isinstance(op, Load | Store):
            yield op
        for inner in blocks(op):
            yield from names(inner)


def blocks(op: Op) -> tuple[Block, ...]:
    match op:
        case If():
            return (op.then, op.orelse)
        case For() | While():
            return (op.body, op.orelse)
        case Try():
            return (op.body, *map(handler_body, op.handlers), op.orelse, op.final)
        case With():
            return (op.body,)
        case _:
            return ()


def handler_body(handler: Handler) -> Block:
    return handler.body


def scopes(module: ModuleIR, qualname: str) -> dict[str, str]:
    """The scope of each name that a function or a class body uses; every use must agree."""
    bodies = [unit.body for unit in module.functions if unit.qualname == qualname]
    bodies += [unit.body for unit in module.classes if unit.qualname == qualname]
    found: dict[str, str] = {}
    for use in names(bodies[0]):
        assert found.setdefault(use.name, use.scope) == use.scope
    return found


def test_names_at_top_level_are_global(lowered: Lowered) -> None:
    assert scopes(lowered("x = y\n[x for z in x]\n"), "<module>") == {"x": "global", "y": "global", "z#1": "global"}


def test_a_name_bound_later_is_local_from_the_start(lowered: Lowered) -> None:
    assert scopes(lowered("def f():\n    print(x)\n    x = 1\n"), "f") == {"print": "global", "x": "local"}


@pytest.mark.parametrize(
    "binding",
    [
        "x = 1", "x += 1", "x: int", "(a, *x) = b", "for x in a: pass", "with a as x: pass", "import x", "import x.y", "import a as x",
        "from a import x", "from a import b as x", "def x(): pass", "class x: pass", "del x", "a[(x := 1)]", "[a for b in c if (x := b)]",
        "try: pass\n    except A as x: pass", "match a:\n        case x: pass", "match a:\n        case [*x]: pass",
        "match a:\n        case {1: _, **x}: pass", "match a:\n        case A(b=x) | B(x): pass",
    ],
)  # fmt: skip
def test_everything_that_binds_makes_a_local(lowered: Lowered, binding: str) -> None:
    assert scopes(lowered(f"def f():\n    {binding}\n    print(x)\n"), "f")["x"] == "local"


def test_parameters_are_local(lowered: Lowered) -> None:
    module = lowered("def f(a, /, b, *c, d, **e): return a, b, c, d, e\n")
    assert set(scopes(module, "f").values()) == {"local"}


def test_what_nested_functions_use_is_a_cell_on_both_sides(lowered: Lowered) -> None:
    module = lowered(
        """
        def f(model, own):
            best = own
            def g():
                return lambda: (model, best)
        """
    )
    assert scopes(module, "f") == {"own": "local", "best": "cell", "g": "local"}
    assert scopes(module, "f.<locals>.g.<locals>.<lambda>") == {"model": "cell", "best": "cell"}
    assert [function.cells for function in module.functions] == [(), ("best", "model"), (), ()]


def test_comprehensions_do_not_capture(lowered: Lowered) -> None:
    module = lowered("def f(a):\n    return [a for b in a if a]\n")
    assert scopes(module, "f") == {"a": "local", "b#1": "local"}


def test_nonlocal_writes_the_cell(lowered: Lowered) -> None:
    module = lowered("def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n    g()\n")
    assert scopes(module, "f")["x"] == "cell"
    assert scopes(module, "f.<locals>.g") == {"x": "cell"}
    assert module.functions[2].cells == ()


def test_global_goes_past_enclosing_functions(lowered: Lowered) -> None:
    module = lowered(
        """
        def f():
            x = 1
            def g():
                global x
                x = 2
                def h(): return x
            return x
        """
    )
    assert scopes(module, "f")["x"] == "local"
    assert scopes(module, "f.<locals>.g")["x"] == "global"
    assert scopes(module, "f.<locals>.g.<locals>.h") == {"x": "global"}


def test_methods_do_not_see_the_names_of_their_class(lowered: Lowered) -> None:
    module = lowered("class A:\n    x = 1\n    y = x\n    def f(self): return x\n")
    assert scopes(module, "A") == {"x": "class", "y": "class", "f": "class"}
    assert scopes(module, "A.f") == {"x": "global"}


def test_class_bodies_and_methods_see_the_enclosing_function(lowered: Lowered) -> None:
    module = lowered("def f(x):\n    class A:\n        y = x\n        def g(self): return x, y\n")
    assert scopes(module, "f.<locals>.A") == {"x": "cell", "y": "class", "g": "class"}
    assert scopes(module, "f.<locals>.A.g") == {"x": "cell", "y": "global"}
    assert module.functions[1].cells == ("x",)


def test_lambda_in_a_comprehension_captures_its_variable(lowered: Lowered) -> None:
    module = lowered("def f(a):\n    return [lambda: x for x in a]\n")
    assert scopes(module, "f.<locals>.<lambda>") == {"x#1": "cell"}
    assert module.functions[1].cells == ("x#1",)


def test_lambda_in_a_comprehension_of_a_class(lowered: Lowered) -> None:
    module = lowered("class A:\n    y = [lambda: (x, y) for x in a]\n")
    assert scopes(module, "A.<lambda>") == {"x#1": "cell", "y": "global"}
    assert module.classes[0].cells == ("x#1",)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type parameters came with Python 3.12")
def test_type_parameters_are_seen_by_their_definition_only(lowered: Lowered) -> None:
    module = lowered("class A[T](B[T]):\n    def f[U](self): return T, U\ntype X[V] = V\nT\n")
    assert scopes(module, "A.f") == {"T#1": "global", "U#1": "cell"}
    assert scopes(module, "<module>") == {"T#1": "global", "B": "global", "A": "global", "X": "global", "T": "global"}
