from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from modelint.ir.module import ModuleIR
from modelint.ir.pretty import pretty, pretty_block
from modelint.ir.verify import verify
from modelint.lowering import lower
from modelint.syntax.parse import parse


@pytest.fixture
def lowered() -> Callable[[str], ModuleIR]:
    """Lowers a text and checks what every module promises."""

    def lower_text(text: str) -> ModuleIR:
        text = dedent(text)
        module = lower(parse(text, "a.py"), text, "a.py")
        assert verify(module) == []
        assert pretty(module)
        return module

    return lower_text


@pytest.fixture
def operations(lowered: Callable[[str], ModuleIR]) -> Callable[..., str]:
    """The text form of one function's body without the places; 0 is the top level."""

    def text_form(text: str, index: int = 0) -> str:
        lines = pretty_block(lowered(text).functions[index].body)
        return "".join(f"{line.partition('  @')[0] if '  @' in line else line}\n" for line in lines)

    return text_form
