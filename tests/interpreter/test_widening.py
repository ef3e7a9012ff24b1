"""Which variables of a loop only grow."""

from __future__ import annotations

import pytest

from modelint.interpreter.widening import counted_in
from modelint.ir import ops
from modelint.ir.walk import walk
from modelint.lowering import lower
from modelint.syntax.parse import parse


@pytest.mark.parametrize(
    ("body", "counted"),
    [
        ("n += 1", {"n"}),
        ("n = n + 1\n        if x: n = 2 + n", {"n"}),
        ("n += 0", set()),
        ("n -= 1", set()),
        ("n = +n", set()),
        ("n += x", set()),
        ("n += 1\n        if n == 3: n = 0", set()),
        ("n += 1\n        for n in x: pass", set()),
        ("n += 1\n        n, m = x", set()),
        ("m = n + 1", set()),
        ("m += 1\n        for y in x: n += 2", {"n", "m"}),
    ],
)
def test_what_only_grows(body: str, counted: set[str]) -> None:
    text = f"def f(x, n, m):\n    while x:\n        {body}\n"
    module = lower(parse(text, "program.py"), text, "program.py")
    [loop] = [op for op in walk(module.functions[1].body) if isinstance(op, ops.While)]
    assert counted_in(loop.body) == counted
