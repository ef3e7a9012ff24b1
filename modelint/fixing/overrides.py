"""Completes an override of `train` (its `mode` argument, the call of the base class's method, `return self`), or writes one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from modelint.diagnostics.fix import Applicability, Edit, Fix
from modelint.fixing.code import Code
from modelint.fixing.insertion import Insertion, after, before
from modelint.judge.repair import CompleteTrain, KeepInEval
from modelint.text.span import Span


def complete_train(code: Code, repair: CompleteTrain) -> Fix | None:
    """All that is missing at once. Safe if that is `return self` alone."""
    function = _function_at(code, repair.site.span)
    if function is None or not function.args.args:
        return None
    changes: list[Insertion] = []
    if repair.problem:
        handed_on = _hand_on(code, function, repair)
        if not handed_on:
            return None
        changes += handed_on
    if not repair.returns:
        returned = _return_self(code, function)
        if returned is None:
            return None
        changes.append(returned)
    if not changes:
        return None
    edits = tuple(Edit(repair.site.path, span, text) for span, text in changes)
    if repair.problem:
        return Fix(Applicability.UNSAFE, "Hand `mode` on to the base class", edits)
    return Fix(Applicability.SAFE, f"Return `{function.args.args[0].arg}`", edits)


def _function_at(code: Code, name: Span) -> ast.FunctionDef | None:
    for level in code.levels(name):
        if isinstance(level.statement, ast.FunctionDef):
            return level.statement
    return None


def _hand_on(code: Code, function: ast.FunctionDef, repair: CompleteTrain) -> list[Insertion]:
    """The argument, where there is none, and the call of the base class's `train` with it; empty where that cannot be done."""
    changes: list[Insertion] = []
    own = function.args.args[1:]
    if own:
        mode = own[0].arg
    elif repair.problem == "no_argument" and not function.args.vararg:
        mode = "mode"
        last = code.span_of(function.args.args[0])
        annotation = ": bool = True" if function.returns is not None else "=True"
        changes.append((_at_end(last), f", mode{annotation}"))
    else:
        return []
    given = [change for call in _base_calls(function) if (change := _give_mode(code, call, mode)) is not None]
    if not given and repair.problem == "ignores_false":
        return []
    if not given and repair.problem == "misses":
        first = _first_statement(function)
        inserted = before(code, first, f"super().train({mode})")
        return [] if inserted is None else [inserted]
    return [*changes, *given] if given else []


def _base_calls(function: ast.FunctionDef) -> Iterator[ast.Call]:
    """`super().train(...)` in any of its forms."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "train":
            owner = node.func.value
            if isinstance(owner, ast.Call) and isinstance(owner.func, ast.Name) and owner.func.id == "super":
                yield node


def _give_mode(code: Code, call: ast.Call, mode: str) -> Insertion | None:
    """The change that hands the mode on, if a constant or nothing is given."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    if not given:
        end = code.span_of(call)
        return Span(end.end_row, end.end_column - 1, end.end_row, end.end_column - 1), mode
    if len(given) == 1 and isinstance(given[0], ast.Constant) and given[0].value is True:
        return code.span_of(given[0]), mode
    return None


def _return_self(code: Code, function: ast.FunctionDef) -> Insertion | None:
    """`return self` at the end, if nothing is returned before."""
    if any(isinstance(node, ast.Return) for node in _own_nodes(function)):
        return None
    return after(code, function.body[-1], f"return {function.args.args[0].arg}")


def _own_nodes(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions in it."""
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            pending.extend(ast.iter_child_nodes(node))


def _first_statement(function: ast.FunctionDef) -> ast.stmt:
    """Behind the docstring, if there is more."""
    first = function.body[0]
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return function.body[1] if is_text and len(function.body) > 1 else first


def _at_end(span: Span) -> Span:
    return Span(span.end_row, span.end_column, span.end_row, span.end_column)


def keep_in_eval(code: Code, repair: KeepInEval) -> Fix | None:
    """An override of `train()` behind the method that calls `eval()` on a part of its object, in a class that has none."""
    call = code.call_at(repair.site.span)
    scopes = list(code.scopes(call)) if call is not None else []
    if call is None or len(scopes) < 2 or not isinstance(scopes[0], ast.FunctionDef) or not isinstance(scopes[1], ast.ClassDef):
        return None
    method, owner = scopes[0], scopes[1]
    part = call.func.value if isinstance(call.func, ast.Attribute) else None
    self_name = method.args.args[0].arg if method.args.args else None
    if part is None or self_name is None or not _is_attribute_of(part, self_name) or _has_train(owner):
        return None
    if method.body[0].lineno == method.lineno:
        return None
    outer = " " * (code.span_of(method).column - 1)
    inner = " " * (code.span_of(method.body[0]).column - 1)
    lines = [
        f"def train({self_name}, mode=True):",
        f"{inner}super().train(mode)",
        f"{inner}{code.source(part)}.eval()",
        f"{inner}return {self_name}",
    ]
    end = code.span_of(method)
    text = f"\n\n{outer}" + "\n".join(lines)
    edit = Edit(repair.site.path, _at_end(end), text)
    return Fix(Applicability.UNSAFE, f"Keep `{code.source(part)}` in eval mode", (edit,))


def _is_attribute_of(node: ast.expr, name: str) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id == name


def _has_train(owner: ast.ClassDef) -> bool:
    return any(isinstance(each, ast.FunctionDef) and each.name == "train" for each in owner.body)
