"""Functions, lambdas and classes: each gets a frame of its own and a place in the module's lists."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from modelint.ir.module import UNNAMED, ClassIR, FunctionIR, Parameter, ParameterKind
from modelint.ir.ops import Argument, Decorate, MakeClass, MakeFunction, Register, Return
from modelint.lowering.expressions import items
from modelint.lowering.frame import ExpressionHandlers, Frame, StatementHandlers
from modelint.lowering.names import annotation_name, decorator_name, dotted_name
from modelint.lowering.unnamed import calls_unnamed
from modelint.text.span import Span

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _function(frame: Frame, node: Function) -> None:
    decorators = [frame.expression(decorator) for decorator in node.decorator_list]
    defaults = _defaults(frame, node.args)
    with frame.renamed() as number:
        _bind_type_parameters(frame, node, number)
        inner = _enter_function(frame, node.name, node.args)
        inner.statements(node.body, 0)
        inner.settle()
    _finish_function(
        inner,
        node.name,
        node.args,
        decorators=tuple([decorator_name(decorator) for decorator in node.decorator_list]),
        span=frame.unit.positions.definition(node),
        header=frame.unit.positions.header(node),
        is_async=type(node) is ast.AsyncFunctionDef,
    )
    into = frame.register()
    frame.ops.append(MakeFunction(into, inner.index, defaults))
    _decorate_and_store(frame, node, decorators, into)


def _lambda(frame: Frame, node: ast.Lambda) -> Register:
    defaults = _defaults(frame, node.args)
    inner = _enter_function(frame, "<lambda>", node.args)
    inner.ops.append(Return(inner.expression(node.body), inner.span(node.body)))
    inner.settle()
    span = frame.span(node)
    _finish_function(inner, "<lambda>", node.args, decorators=(), span=span, header=span, is_async=False)
    into = frame.register()
    frame.ops.append(MakeFunction(into, inner.index, defaults))
    return into


def _class(frame: Frame, node: ast.ClassDef) -> None:
    unit = frame.unit
    decorators = [frame.expression(decorator) for decorator in node.decorator_list]
    index = len(unit.classes)
    unit.classes.append(None)
    with frame.renamed() as number:
        _bind_type_parameters(frame, node, number)
        bases = items(frame, node.bases)
        for keyword in node.keywords:
            bases.append(Argument(keyword.arg or "**", frame.expression(keyword.value)))
        inner = Frame(unit, "class", index, _qualified(frame, node.name), frame)
        inner.statements(node.body, 0)
        inner.settle()
    unit.classes[index] = ClassIR(
        index=index,
        name=node.name,
        qualname=inner.qualname,
        bases=tuple([dotted_name(base) for base in node.bases]),
        decorators=tuple([decorator_name(decorator) for decorator in node.decorator_list]),
        cells=tuple(sorted(inner.cells)),
        body=tuple(inner.ops),
        fields=_fields(node),
        span=unit.positions.definition(node),
        header=unit.positions.header(node),
    )
    into = frame.register()
    frame.ops.append(MakeClass(into, index, tuple(bases)))
    _decorate_and_store(frame, node, decorators, into)


def _decorate_and_store(frame: Frame, node: Definition, decorators: list[Register], value: Register) -> None:
    for decorator, expression in zip(reversed(decorators), reversed(node.decorator_list), strict=True):
        into = frame.register()
        frame.ops.append(Decorate(into, decorator, value, frame.span(expression)))
        value = into
    frame.store(node.name, value)


def _enter_function(frame: Frame, name: str, arguments: ast.arguments) -> Frame:
    unit = frame.unit
    index = len(unit.functions)
    unit.functions.append(None)
    inner = Frame(unit, "function", index, _qualified(frame, name), frame)
    inner.bound.update([argument.arg for argument in _all_arguments(arguments)])
    return inner


def _finish_function(
    inner: Frame,
    name: str,
    arguments: ast.arguments,
    *,
    decorators: tuple[str, ...],
    span: Span,
    header: Span,
    is_async: bool,
) -> None:
    body = tuple(inner.ops)
    if calls_unnamed(body):
        inner.words.add(UNNAMED)
    inner.unit.functions[inner.index] = FunctionIR(
        index=inner.index,
        name=name,
        qualname=inner.qualname,
        parameters=_parameters(arguments),
        cells=tuple(sorted(inner.cells)),
        body=body,
        words=tuple(sorted(inner.words)),
        decorators=decorators,
        span=span,
        header=header,
        is_generator=inner.is_generator,
        is_async=is_async,
        parent=_enclosing_function(inner),
    )


def _enclosing_function(frame: Frame) -> int | None:
    """The function whose variables this one can see; the top level's are globals, which all functions see."""
    outer = frame.parent
    while outer is not None and outer.kind == "class":
        outer = outer.parent
    return None if outer is None or outer.kind == "module" else outer.index


def _qualified(frame: Frame, name: str) -> str:
    if frame.kind == "module" or name in frame.declared_global:
        return name
    return f"{frame.qualname}.{name}" if frame.kind == "class" else f"{frame.qualname}.<locals>.{name}"


def _all_arguments(arguments: ast.arguments) -> list[ast.arg]:
    found = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    if arguments.vararg is not None:
        found.append(arguments.vararg)
    if arguments.kwarg is not None:
        found.append(arguments.kwarg)
    return found


def _parameters(arguments: ast.arguments) -> tuple[Parameter, ...]:
    parameters: list[Parameter] = []

    def add(argument: ast.arg, kind: ParameterKind, has_default: bool) -> None:
        parameters.append(Parameter(argument.arg, kind, annotation_name(argument.annotation), has_default))

    positional = len(arguments.posonlyargs)
    first_default = positional + len(arguments.args) - len(arguments.defaults)
    for position, argument in enumerate([*arguments.posonlyargs, *arguments.args]):
        add(argument, "positional" if position < positional else "normal", position >= first_default)
    if arguments.vararg is not None:
        add(arguments.vararg, "star", False)
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        add(argument, "keyword", default is not None)
    if arguments.kwarg is not None:
        add(arguments.kwarg, "double_star", False)
    return tuple(parameters)


def _defaults(frame: Frame, arguments: ast.arguments) -> tuple[Argument, ...]:
    """The values of the defaults, which are computed where the function is made."""
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs: list[tuple[ast.arg, ast.expr | None]] = []
    if arguments.defaults:
        pairs += zip(positional[-len(arguments.defaults) :], arguments.defaults, strict=True)
    pairs += zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return tuple([Argument(parameter.arg, frame.expression(value)) for parameter, value in pairs if value is not None])


def _bind_type_parameters(frame: Frame, node: Definition, number: int) -> None:
    """`def f[T]`, `class C[T]`: T is seen from the definition alone, which a name of its own gives just as well."""
    parameters: Sequence[ast.AST] = getattr(node, "type_params", ())  # from Python 3.12 on
    for parameter in parameters:
        name: str = getattr(parameter, "name")  # noqa: B009  (the class does not exist before Python 3.12)
        frame.rename(name, number)
        frame.store(name, frame.operate("type", (), frame.span(node)))


def _fields(node: ast.ClassDef) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        [
            (statement.target.id, annotation_name(statement.annotation), statement.value is not None)
            for statement in node.body
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
        ]
    )


DEFINITIONS: StatementHandlers = {ast.FunctionDef: _function, ast.AsyncFunctionDef: _function, ast.ClassDef: _class}
LAMBDAS: ExpressionHandlers = {ast.Lambda: _lambda}
