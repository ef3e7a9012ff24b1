from __future__ import annotations

import msgspec
import pytest

from modelint.ir.module import ModuleIR
from modelint.ir.pretty import pretty
from modelint.ir.verify import verify
from modelint.lowering import lower
from modelint.syntax.parse import ParseFailure, parse

LONG = {
    "additions": "x = " + " + ".join(["a"] * 2000),
    "operands of and": "x = " + " and ".join(["a"] * 2000),
    "arguments": f"f({', '.join(['a'] * 2000)})",
    "comparisons": "x = " + " < ".join(["a"] * 2000),
    "calls": "x = a" + ".b(c)" * 400,
    "subscripts": "x = a" + "[b]" * 400,
    "elif": "if a: pass\n" + "elif b: c()\n" * 400 + "else: pass\n",
    "cases": "match a:\n" + "    case 1: b()\n" * 1500,
    "cases with guards": "match a:\n" + "    case [x, *y] if x: b()\n" * 500,
    "statements": "a.b()\n" * 5000,
}
DEEP = {
    "conditional expressions": "x = " + "a if b else " * 2000 + "c",
    "powers": "x = " + " ** ".join(["a"] * 2000),
    "not": "x = " + "not " * 2000 + "a",
    "lambdas": "x = " + "lambda: " * 2000 + "a",
    "operands with effects": "x = " + " and ".join(["a()"] * 2000),
    "items of with": f"with {', '.join(['a'] * 2000)}: pass",
    "loops of a comprehension": f"[a {' '.join(['for a in b'] * 2000)}]",
    "elif": "if a: pass\n" + "elif b: c()\n" * 20000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_chains_are_lowered(text: str) -> None:
    module = lower(parse(text, "a.py"), text, "a.py")
    assert verify(module) == []
    assert pretty(module)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(module), type=ModuleIR) == module


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_what_is_too_deep_is_a_parse_failure(text: str) -> None:
    with pytest.raises(ParseFailure, match="too deeply nested"):
        lower(parse(text, "a.py"), text, "a.py")


def test_long_chain_of_alternatives_is_cut_into_pieces() -> None:
    text = "if a: b()\n" + "elif c: d()\n" * 99 + "else: e()\n"
    lines = pretty(lower(parse(text, "a.py"), text, "a.py")).splitlines()
    assert max(len(line) - len(line.lstrip()) for line in lines) < 4 * 30
    assert sum("[d]" in line for line in lines) == 99
    assert sum("[e]" in line for line in lines) == 1
