"""The IR as text, for people and for tests.

One operation a line, blocks indented, places as `@row:column`:

    %0 = load model local  @12:5
    %1 = attribute %0.eval  @12:5
    %2 = call %1() [model.eval] statement  @12:5
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.ir.exhaustive import assert_never
from modelint.ir.module import ClassIR, FunctionIR, ModuleIR, Parameter
from modelint.ir.ops import (
    Argument,
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
    Return,
    SetAttribute,
    SetItem,
    SimpleOp,
    Store,
    Terminator,
    Try,
    Unpack,
    While,
    With,
    Yield,
)
from modelint.text.span import NOWHERE, Span

_INDENT = "    "


def pretty(module: ModuleIR) -> str:
    """The whole module: its functions, the top level first, then its classes."""
    lines: list[str] = []
    for function in module.functions:
        lines += [_function_header(function), *pretty_block(function.body, _INDENT), ""]
    for class_ in module.classes:
        lines += [_class_header(class_), *pretty_block(class_.body, _INDENT), ""]
    return "\n".join(lines)


def _function_header(function: FunctionIR) -> str:
    parameters = ", ".join(_parameter(parameter) for parameter in function.parameters)
    notes = [f"function {function.index} {function.qualname}({parameters})"]
    if function.is_async:
        notes.append("async")
    if function.is_generator:
        notes.append("generator")
    if function.parent is not None:
        notes.append(f"in {function.parent}")
    if function.cells:
        notes.append(f"cells {', '.join(function.cells)}")
    if function.decorators:
        notes.append(f"decorators {', '.join(name or '?' for name in function.decorators)}")
    return " ".join(notes) + ":"


def _parameter(parameter: Parameter) -> str:
    marks = {"positional": "/", "normal": "", "star": "*", "keyword": "=", "double_star": "**"}
    annotation = f": {parameter.annotation}" if parameter.annotation else ""
    default = " = ..." if parameter.has_default else ""
    return f"{marks[parameter.kind]}{parameter.name}{annotation}{default}"


def _class_header(class_: ClassIR) -> str:
    notes = [f"class {class_.index} {class_.qualname}({', '.join(name or '?' for name in class_.bases)})"]
    if class_.cells:
        notes.append(f"cells {', '.join(class_.cells)}")
    if class_.decorators:
        notes.append(f"decorators {', '.join(name or '?' for name in class_.decorators)}")
    for name, annotation, has_value in class_.fields:
        notes.append(f"field {name}: {annotation or '?'}{' = ...' if has_value else ''}")
    return " ".join(notes) + ":"


def pretty_block(block: Block, indent: str = "") -> Iterator[str]:
    """The lines of one block."""
    for op in block:
        match op:
            case If() | For() | While() | Try() | With():
                yield from _region(op, indent)
            case Return() | Raise() | Break() | Continue():
                yield indent + _terminator(op)
            case _:
                yield indent + _simple(op)


def _region(op: Region, indent: str) -> Iterator[str]:
    deeper = indent + _INDENT
    match op:
        case If():
            yield f"{indent}if %{op.condition}:{_place(op.span)}"
            yield from pretty_block(op.then, deeper)
            yield from _part("else", op.orelse, indent)
        case For():
            kind = "for each" if op.comprehension else "for"
            yield f"{indent}{kind} %{op.target} in %{op.iterable}:{_place(op.span)}"
            yield from pretty_block(op.body, deeper)
            yield from _part("else", op.orelse, indent)
        case While():
            yield f"{indent}while:{_place(op.span)}"
            yield from pretty_block(op.test, deeper)
            yield f"{indent}is %{op.condition}:"
            yield from pretty_block(op.body, deeper)
            yield from _part("else", op.orelse, indent)
        case Try():
            yield f"{indent}try:{_place(op.span)}"
            yield from pretty_block(op.body, deeper)
            for handler in op.handlers:
                yield f"{indent}except {', '.join(name or '?' for name in handler.types)}".rstrip() + ":"
                yield from pretty_block(handler.body, deeper)
            yield from _part("else", op.orelse, indent)
            yield from _part("finally", op.final, indent)
        case With():
            yield f"{indent}with %{op.context} as %{op.target}:{_place(op.span)}"
            yield from pretty_block(op.body, deeper)
        case _:
            return assert_never(op)


def _part(title: str, block: Block, indent: str) -> Iterator[str]:
    if block:
        yield f"{indent}{title}:"
        yield from pretty_block(block, indent + _INDENT)


def _terminator(op: Terminator) -> str:
    match op:
        case Return():
            return f"return %{op.value}{_place(op.span)}"
        case Raise():
            return f"raise{'' if op.value is None else f' %{op.value}'}{_place(op.span)}"
        case Break():
            return "break"
        case Continue():
            return "continue"
        case _:
            return assert_never(op)


def _simple(op: SimpleOp) -> str:
    match op:
        case Constant():
            return f"%{op.into} = {op.value!r}"
        case Load():
            return f"%{op.into} = load {op.name} {op.scope}{_place(op.span)}"
        case Store():
            return f"store {op.name} {op.scope} %{op.value}"
        case Move():
            return f"%{op.into} = %{op.value}"
        case GetAttribute():
            return f"%{op.into} = attribute %{op.owner}.{op.name}{' statement' if op.statement else ''}{_place(op.span)}"
        case SetAttribute():
            return f"set %{op.owner}.{op.name} %{op.value}{_place(op.span)}"
        case GetItem():
            return f"%{op.into} = item %{op.owner}[%{op.index}]"
        case SetItem():
            return f"set %{op.owner}[%{op.index}] %{op.value}"
        case Collect():
            return f"collect %{op.container} {'' if op.key is None else f'%{op.key}: '}%{op.value}"
        case Unpack():
            targets = [f"{'*' if position == op.star else ''}%{into}" for position, into in enumerate(op.into)]
            return f"{', '.join(targets)} = unpack %{op.value}"
        case Havoc():
            names = f" ({', '.join(op.names)})" if op.names else ""
            return f"havoc {op.reason}{names}{_place(op.span)}"
        case _:
            return _making(op)


def _making(
    op: Build | Operate | Call | Decorate | MakeFunction | MakeClass | Import | Yield,
) -> str:
    match op:
        case Build():
            return f"%{op.into} = {op.kind}({_arguments(op.items)}){_place(op.span)}"
        case Operate():
            operands = ", ".join(f"%{operand}" for operand in op.operands)
            return f"%{op.into} = operate {op.operator} ({operands}){_place(op.span)}"
        case Call():
            notes = f"{f' [{op.text}]' if op.text else ''}{' statement' if op.statement else ''}"
            return f"%{op.into} = call %{op.function}({_arguments(op.arguments)}){notes}{_place(op.span)}"
        case Decorate():
            return f"%{op.into} = decorate %{op.target} by %{op.decorator}{_place(op.span)}"
        case MakeFunction():
            return f"%{op.into} = function {op.index}({_arguments(op.defaults)})"
        case MakeClass():
            return f"%{op.into} = class {op.index}({_arguments(op.bases)})"
        case Import():
            member = "" if op.name is None else f" {op.name}"
            root = " root" if op.bind_root else ""
            return f"%{op.into} = import {'.' * op.level}{op.module}{member}{root}{_place(op.span)}"
        case Yield():
            return f"%{op.into} = yield {'from ' if op.from_ else ''}%{op.value}"
        case _:
            return assert_never(op)


def _arguments(arguments: tuple[Argument, ...]) -> str:
    return ", ".join(_argument(argument) for argument in arguments)


def _argument(argument: Argument) -> str:
    if argument.name in ("", "*", "**"):
        return f"{argument.name}%{argument.value}"
    return f"{argument.name}=%{argument.value}"


def _place(span: Span) -> str:
    return "" if span == NOWHERE else f"  @{span.row}:{span.column}"


def pretty_op(op: Op) -> str:
    """One operation, with the blocks that it holds."""
    return "\n".join(pretty_block((op,)))
