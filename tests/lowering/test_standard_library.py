"""Real code: whatever the standard library holds is lowered to IR that keeps its promises."""

from __future__ import annotations

import sysconfig
import tokenize
from pathlib import Path

import msgspec

from modelint.ir.module import ModuleIR
from modelint.ir.pretty import pretty
from modelint.ir.verify import verify
from modelint.lowering import lower
from modelint.syntax.parse import ParseFailure, parse

SAMPLE = 150


def sample() -> list[Path]:
    folder = Path(sysconfig.get_path("stdlib"))
    files = sorted(path for path in folder.rglob("*.py") if "site-packages" not in path.parts)
    return files[:: max(1, len(files) // SAMPLE)]


def test_standard_library_is_lowered() -> None:
    problems = []
    lowered = 0
    for path in sample():
        try:
            with tokenize.open(path) as stream:
                text = stream.read()
            module = lower(parse(text, str(path)), text, str(path))
        except (ParseFailure, SyntaxError, UnicodeDecodeError):
            continue  # some of its tests are about files that do not parse
        lowered += 1
        problems += [f"{path}: {problem}" for problem in verify(module)]
        assert pretty(module)
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(module), type=ModuleIR) == module
    assert problems == []
    assert lowered >= SAMPLE // 2
