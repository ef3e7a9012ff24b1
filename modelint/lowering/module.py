"""Lowers one file: `lower(tree, text, path)` gives its `ModuleIR`. Pure; raises nothing but `ParseFailure`."""

from __future__ import annotations

import ast

from modelint.ir.module import FunctionIR, ModuleIR
from modelint.lowering.chains import CHAINS
from modelint.lowering.comprehensions import COMPREHENSIONS
from modelint.lowering.control import CONTROL
from modelint.lowering.definitions import DEFINITIONS, LAMBDAS
from modelint.lowering.expressions import EXPRESSIONS
from modelint.lowering.frame import ExpressionHandlers, Frame, StatementHandlers, Unit
from modelint.lowering.matching import MATCHING
from modelint.lowering.statements import STATEMENTS
from modelint.syntax.parse import TOO_DEEP, ParseFailure

_EXPRESSIONS: ExpressionHandlers = {**EXPRESSIONS, **CHAINS, **COMPREHENSIONS, **LAMBDAS}
_STATEMENTS: StatementHandlers = {**STATEMENTS, **CONTROL, **MATCHING, **DEFINITIONS}


def lower(tree: ast.Module, text: str, path: str) -> ModuleIR:
    """The IR of a file. `text` is what `tree` was parsed from."""
    unit = Unit(text, _EXPRESSIONS, _STATEMENTS)
    unit.functions.append(None)
    frame = Frame(unit, "module", 0, "<module>", None)
    try:
        frame.statements(tree.body, 0)
    except RecursionError:
        raise ParseFailure(TOO_DEEP) from None
    frame.settle()
    whole = unit.positions.whole()
    unit.functions[0] = FunctionIR(
        index=0,
        name="<module>",
        qualname="<module>",
        parameters=(),
        cells=(),
        body=tuple(frame.ops),
        words=tuple(sorted(frame.words)),
        decorators=(),
        span=whole,
        header=whole,
    )
    return ModuleIR(
        path=path,
        functions=tuple([function for function in unit.functions if function is not None]),
        classes=tuple([found for found in unit.classes if found is not None]),
        imports=tuple(unit.imports),
        has_main_guard=unit.has_main_guard,
        havocs=unit.havocs,
    )
