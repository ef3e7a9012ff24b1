"""Checks what every `ModuleIR` promises; `verify` gives a line for each promise that is broken, none if all hold.

Every register that is read was written before on each path; `break` and `continue` stand in loops; indices of functions and
classes exist; spans begin at row and column 1 or later and do not end before they begin. Tests run it on whatever is lowered.
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.ir.exhaustive import assert_never
from modelint.ir.module import ModuleIR
from modelint.ir.ops import (
    Block,
    Break,
    Build,
    Call,
    Collect,
    Constant,
    Continue,
    Decorate,
    For,
    GetAttribute,
    GetItem,
    Havoc,
    If,
    Import,
    Load,
    MakeClass,
    MakeFunction,
    Move,
    Op,
    Operate,
    Raise,
    Region,
    Register,
    Return,
    SetAttribute,
    SetItem,
    Store,
    Try,
    Unpack,
    While,
    With,
    Yield,
)
from modelint.text.span import Span

Written = frozenset[Register]


def verify(module: ModuleIR) -> list[str]:
    """What is wrong with a module, in the order of its functions and classes."""
    problems: list[str] = []
    for position, function in enumerate(module.functions):
        checker = _Checker(module, f"function {position} {function.qualname}", problems)
        if function.index != position:
            checker.report(f"has index {function.index}")
        if function.parent is not None and not 0 <= function.parent < len(module.functions):
            checker.report(f"has parent {function.parent}, which does not exist")
        checker.span(function.span)
        checker.span(function.header)
        checker.block(function.body, frozenset(), in_loop=False)
    for position, class_ in enumerate(module.classes):
        checker = _Checker(module, f"class {position} {class_.qualname}", problems)
        if class_.index != position:
            checker.report(f"has index {class_.index}")
        checker.span(class_.span)
        checker.span(class_.header)
        checker.block(class_.body, frozenset(), in_loop=False)
    return problems


class _Checker:
    """Walks the blocks of one function. A set of registers is what has been written on every path so far; None says that the
    place cannot be reached, where nothing is required."""

    def __init__(self, module: ModuleIR, where: str, problems: list[str]) -> None:
        self.module = module
        self.where = where
        self.problems = problems

    def report(self, problem: str) -> None:
        self.problems.append(f"{self.where}: {problem}")

    def span(self, span: Span) -> None:
        if min(span) < 1 or (span.row, span.column) > (span.end_row, span.end_column):
            self.report(f"span {tuple(span)}")

    def block(self, block: Block, before: Written | None, *, in_loop: bool) -> Written | None:
        written = before
        for op in block:
            span: Span | None = getattr(op, "span", None)
            if span is not None:
                self.span(span)
            if isinstance(op, If | For | While | Try | With):
                written = self.region(op, written, in_loop=in_loop)
            else:
                written = self.simple(op, written, in_loop=in_loop)
        return written

    def read(self, register: Register, written: Written | None, op: Op) -> None:
        if written is not None and register not in written:
            self.report(f"{type(op).__name__} reads %{register}, which is not written on every path to it")

    def simple(self, op: Op, written: Written | None, *, in_loop: bool) -> Written | None:
        for register in reads(op):
            self.read(register, written, op)
        if isinstance(op, MakeFunction) and not 0 < op.index < len(self.module.functions):
            self.report(f"makes function {op.index}, which does not exist")
        if isinstance(op, MakeClass) and not 0 <= op.index < len(self.module.classes):
            self.report(f"makes class {op.index}, which does not exist")
        if isinstance(op, Break | Continue) and not in_loop:
            self.report(f"{type(op).__name__} outside a loop")
        if isinstance(op, Return | Raise | Break | Continue):
            return None
        return None if written is None else written.union(writes(op))

    def region(self, op: Region, written: Written | None, *, in_loop: bool) -> Written | None:
        for register in reads(op):
            self.read(register, written, op)
        match op:
            case If():
                then = self.block(op.then, written, in_loop=in_loop)
                after = _join(then, self.block(op.orelse, written, in_loop=in_loop))
                return None if after is None else frozenset(register for register in after if register < op.kept)
            case For():
                self.block(op.body, _with(written, op.target), in_loop=True)
                return _join(written, self.block(op.orelse, written, in_loop=in_loop))
            case While():
                tested = self.block(op.test, written, in_loop=in_loop)
                self.read(op.condition, tested, op)
                self.block(op.body, tested, in_loop=True)
                return _join(tested, self.block(op.orelse, tested, in_loop=in_loop))
            case Try():
                return self.try_(op, written, in_loop=in_loop)
            case With():
                # Its exit may swallow an exception, from anywhere in the body.
                self.block(op.body, _with(written, op.target), in_loop=in_loop)
                return written
            case _:
                return assert_never(op)

    def try_(self, op: Try, written: Written | None, *, in_loop: bool) -> Written | None:
        after = self.block(op.orelse, self.block(op.body, written, in_loop=in_loop), in_loop=in_loop)
        for handler in op.handlers:
            after = _join(after, self.block(handler.body, written, in_loop=in_loop))
        self.block(op.final, written, in_loop=in_loop)
        return after


def _with(written: Written | None, register: Register) -> Written | None:
    return None if written is None else written | {register}


def _join(one: Written | None, other: Written | None) -> Written | None:
    if one is None:
        return other
    return one if other is None else one & other


def reads(op: Op) -> Iterator[Register]:
    """The registers that an operation reads itself; a region before its blocks."""
    match op:
        case Constant() | Load() | Import() | Havoc() | While() | Try() | Break() | Continue():
            return
        case Store() | Move() | Unpack() | Return() | Yield():
            yield op.value
        case GetAttribute():
            yield op.owner
        case SetAttribute():
            yield from (op.owner, op.value)
        case GetItem():
            yield from (op.owner, op.index)
        case SetItem():
            yield from (op.owner, op.index, op.value)
        case Build():
            yield from (item.value for item in op.items)
        case Collect():
            yield from (op.container, op.value)
            if op.key is not None:
                yield op.key
        case Operate():
            yield from op.operands
        case Call():
            yield op.function
            yield from (argument.value for argument in op.arguments)
        case Decorate():
            yield from (op.decorator, op.target)
        case MakeFunction():
            yield from (default.value for default in op.defaults)
        case MakeClass():
            yield from (base.value for base in op.bases)
        case If():
            yield op.condition
        case For():
            yield op.iterable
        case With():
            yield op.context
        case Raise():
            if op.value is not None:
                yield op.value
        case _:
            return assert_never(op)


def writes(op: Op) -> tuple[Register, ...]:
    """The registers that a simple operation writes."""
    if isinstance(op, Unpack):
        return op.into
    into: Register | None = getattr(op, "into", None)
    return () if into is None else (into,)
