"""What is being lowered right now: a `Unit` (the file) and in it a `Frame` (its top level, a function or a class body).

A frame hands out registers, collects operations and resolves names. Where a name lives is known only at the end of a function,
when all its bindings and all the functions nested in it have been seen. So each `Load` and `Store` is made with the likeliest
scope, remembered in `uses`, and corrected by `settle`; this spares a pass over the tree that would cost as much as parsing.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, TypeAlias

from msgspec.structs import force_setattr

from modelint.ir.module import ClassIR, FunctionIR
from modelint.ir.ops import Block, Constant, ConstantValue, Havoc, Load, Op, Operate, Register, Scope, Store
from modelint.lowering.positions import Located, Positions, SpanOf
from modelint.text.span import Span

FrameKind: TypeAlias = Literal["module", "function", "class"]
Use: TypeAlias = "Load | Store"
ExpressionHandlers: TypeAlias = "Mapping[type[ast.expr], Callable[[Frame, Any], Register]]"
StatementHandlers: TypeAlias = "Mapping[type[ast.stmt], Callable[[Frame, Any], None]]"

_DEEPEST = 100
"""How deep blocks may be nested: whatever works on the IR follows them by recursion. The parser refuses more than 100 indents."""
_OWN_SCOPE: dict[FrameKind, Scope] = {"module": "global", "function": "local", "class": "class"}


class Unit:
    """One file: the functions and classes found in it so far, and how to lower each kind of node."""

    def __init__(self, text: str, expressions: ExpressionHandlers, statements: StatementHandlers) -> None:
        self.positions = Positions(text)
        self.expressions = expressions
        self.statements = statements
        # A place is taken when a definition begins and filled when it ends, so that indices follow the order of the text.
        self.functions: list[FunctionIR | None] = []
        self.classes: list[ClassIR | None] = []
        self.imports: list[tuple[str, str | None, int]] = []
        self.has_main_guard = False
        self.havocs = 0


class Frame:
    """A top level, a function or a class body in the making."""

    __slots__ = (
        "base", "bound", "captured", "cells", "declared_global", "declared_nonlocal", "depth", "expressions", "index",
        "is_generator", "kind", "loops", "next", "ops", "own_scope", "parent", "qualname", "renames", "renamings", "span", "standalone", "statement_handlers",
        "unit", "uses", "words",
    )  # fmt: skip

    def __init__(self, unit: Unit, kind: FrameKind, index: int, qualname: str, parent: Frame | None) -> None:
        self.unit = unit
        self.kind = kind
        self.index = index
        self.qualname = qualname
        self.parent = parent
        self.expressions = unit.expressions
        self.statement_handlers = unit.statements
        self.span: SpanOf = unit.positions.span if parent is None else parent.span
        self.own_scope = _OWN_SCOPE[kind]

        self.ops: list[Op] = []
        self.depth: int = 0 if parent is None else parent.depth
        self.next: Register = 0
        self.base: Register = 0
        self.loops = 0
        self.is_generator = False
        self.standalone: ast.expr | None = None
        """The expression of the statement being lowered, where it is nothing but an expression."""

        self.uses: defaultdict[str, list[Use]] = defaultdict(list)
        self.captured: dict[str, list[Use]] = {}
        self.bound: set[str] = set()
        self.declared_global: set[str] = set()
        self.declared_nonlocal: set[str] = set()
        self.cells: set[str] = set()
        self.words: set[str] = set()
        self.renames: dict[str, str] = {}
        """Names that mean another one just here: the variables of comprehensions, type parameters."""
        self.renamings = 0

    # Operations and registers

    def register(self) -> Register:
        """A register that is not in use."""
        into = self.next
        self.next = into + 1
        return into

    def expression(self, node: ast.expr) -> Register:
        """The operations that compute an expression; gives the register of its value."""
        handler = self.expressions.get(type(node))
        if handler is None:
            return self.unmodelled_value(node)
        return handler(self, node)

    def statements(self, nodes: list[ast.stmt], base: Register) -> None:
        """The operations of statements, each of which may use any register from `base` on."""
        outer, self.base = self.base, base
        handlers = self.statement_handlers
        for node in nodes:
            self.next = base
            handler = handlers.get(type(node))
            if handler is None:
                self.havoc(type(node).__name__, (), self.span(node))
            else:
                handler(self, node)
        self.base = outer

    def open(self) -> list[Op]:
        """Begin a block. Gives what `close` needs to go on with the one around it."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise RecursionError
        outer, self.ops = self.ops, []
        return outer

    def close(self, outer: list[Op]) -> Block:
        """End the block that was begun last."""
        self.depth -= 1
        block, self.ops = tuple(self.ops), outer
        return block

    def block(self, nodes: list[ast.stmt], base: Register) -> Block:
        """Statements as a block of their own."""
        if not nodes:
            return ()
        outer = self.open()
        self.statements(nodes, base)
        return self.close(outer)

    def constant(self, value: ConstantValue) -> Register:
        into = self.register()
        self.ops.append(Constant(into, value))
        return into

    def operate(self, operator: str, operands: tuple[Register, ...], span: Span) -> Register:
        into = self.register()
        self.ops.append(Operate(into, operator, operands, span))
        return into

    def havoc(self, reason: str, names: tuple[str, ...], span: Span) -> None:
        self.unit.havocs += 1
        self.ops.append(Havoc(reason, names, span))

    def unmodelled_value(self, node: Located) -> Register:
        """For a kind of expression that this version does not know: anything may come of it."""
        span = self.span(node)
        self.havoc(type(node).__name__, (), span)
        return self.operate("unknown", (), span)

    # Names

    def load(self, name: str, span: Span) -> Register:
        if self.renames:
            name = self.renames.get(name, name)
        into = self.next
        self.next = into + 1
        operation = Load(into, name, self.own_scope, span)
        self.ops.append(operation)
        self.uses[name].append(operation)
        return into

    def store(self, name: str, value: Register) -> None:
        if self.renames:
            name = self.renames.get(name, name)
        operation = Store(name, self.own_scope, value)
        self.ops.append(operation)
        self.uses[name].append(operation)
        self.bound.add(name)

    def rename(self, name: str, number: int) -> str:
        """Let `name` mean a variable of its own from here on; `renamed` ends it."""
        self.renames[name] = renamed = f"{name}#{number}"
        self.bound.add(renamed)
        return renamed

    @contextmanager
    def renamed(self) -> Iterator[int]:
        """A stretch in which names can be given another meaning; gives the number that sets these apart."""
        self.renamings += 1
        outer, self.renames = self.renames, dict(self.renames)
        try:
            yield self.renamings
        finally:
            self.renames = outer

    def capture(self, name: str, uses: list[Use]) -> None:
        """A nested function or class body uses a name that it does not bind."""
        if self.renames and name in self.renames:
            name = self.renames[name]
            for use in uses:
                force_setattr(use, "name", name)
        self.captured.setdefault(name, []).extend(uses)

    def owns(self, name: str) -> bool:
        """Whether nested functions that use `name` mean this frame's. What a class body binds is not seen from its methods."""
        return name in self.bound and (self.kind == "function" or "#" in name)

    def settle(self) -> None:
        """Correct the scopes of all uses of names, once the whole body has been seen."""
        if self.parent is None:
            self.words.update(self.uses)
            for name, uses in self.captured.items():
                self._release(name, uses)
            return
        self.bound -= self.declared_global | self.declared_nonlocal
        for name, uses in self.uses.items():
            if name not in self.bound:
                self._release(name, uses)
            elif name in self.captured and self.owns(name):
                _set_scope(uses, "cell")
        for name, uses in self.captured.items():
            if self.owns(name):
                self.cells.add(name)
                _set_scope(uses, "cell")
            else:
                self._release(name, uses)
        self.parent.words |= self.words

    def _release(self, name: str, uses: list[Use]) -> None:
        """Leave a name that is not bound here to what encloses this frame."""
        self.words.add(name)
        if self.parent is None or name in self.declared_global:
            _set_scope(uses, "global")
        else:
            self.parent.capture(name, uses)


def _set_scope(uses: list[Use], scope: Scope) -> None:
    for use in uses:
        force_setattr(use, "scope", scope)
