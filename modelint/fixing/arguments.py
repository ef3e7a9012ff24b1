"""Edits of the arguments of a call: give one, change one, and the repairs that are made of that."""

from __future__ import annotations

import ast
import re

from modelint.diagnostics.fix import Applicability, Edit, Fix
from modelint.events import Site
from modelint.fixing.code import Code
from modelint.fixing.names import bound_in, parameters
from modelint.judge.repair import CallIt, CallOn, FollowMode, NameModules, SetArgument
from modelint.text.span import Span

_OWN_LINE = re.compile(r",[ \t]*(?:#.*)?")
"""What follows the last argument of a call that has each in its own line: a comma, and perhaps a comment."""
_LAYER = re.compile(r"\w+(?:\.\w+)*")

_POSITIONS = {"training": 2, "dropout_p": 4}
"""Where `training` stands in the functional dropouts, and `dropout_p` in `scaled_dot_product_attention(query, key, value, attn_mask, dropout_p)`."""


def set_argument(code: Code, site: Site, name: str, value: str) -> Edit | None:
    """Give the call at `site` the keyword argument `name`, or change it if it is given as a constant."""
    call = code.call_at(site.span)
    if call is None or any(keyword.arg is None for keyword in call.keywords):
        return None
    given = next((keyword.value for keyword in call.keywords if keyword.arg == name), None)
    if given is not None:
        return _replacement(code, site, given, value) if isinstance(given, ast.Constant) else None
    return _new_argument(code, site, call, f"{name}={value}")


def _replacement(code: Code, site: Site, node: ast.expr, value: str) -> Edit:
    return Edit(site.path, code.span_of(node), value)


def _new_argument(code: Code, site: Site, call: ast.Call, text: str) -> Edit | None:
    """After the last argument, also where a trailing comma stands behind it, and in its own line where each argument has one."""
    arguments: list[ast.expr] = [*call.args, *(keyword.value for keyword in call.keywords)]
    end = code.span_of(call)
    if not arguments:
        return Edit(site.path, Span(end.end_row, end.end_column - 1, end.end_row, end.end_column - 1), text)
    last = max((code.span_of(argument) for argument in arguments), key=lambda span: (span.end_row, span.end_column))
    if isinstance(call.args[0] if len(arguments) == 1 and call.args else None, ast.GeneratorExp):
        return None
    start = _after_parentheses(code, last, end)
    if start is None:
        return None
    row, column = start
    rest = code.index.line(row)[column - 1 :].lstrip(" \t")
    if row == end.end_row or not _OWN_LINE.fullmatch(rest):
        return Edit(site.path, Span(row, column, row, column), f", {text}")
    first = code.index.line(last.row)
    indentation = first[: len(first) - len(first.lstrip(" \t"))]
    stop = len(code.index.line(row)) + 1
    return Edit(site.path, Span(row, stop, row, stop), f"\n{indentation}{text},")


def _after_parentheses(code: Code, last: Span, end: Span) -> tuple[int, int] | None:
    """The end of an argument with the parentheses that it may stand in: `f((x))`. They are all that can come before a comma."""
    offset = code.offset(last.end_row, last.end_column)
    stop = code.offset(end.end_row, end.end_column) - 1
    found = offset
    position = offset
    while position < stop:
        character = code.text[position]
        if character == "#":
            position = code.text.find("\n", position)
            if position < 0:
                return None
        elif character == ")":
            found = position + 1
        elif character == ",":
            break
        position += 1
    return code.index.position(found)


def call_on(code: Code, repair: CallOn) -> Fix | None:
    """`load()` becomes `load().train()`. Not where the result is taken apart: then it is not the model alone."""
    call = code.call_at(repair.site.span)
    if call is None or _is_taken_apart(code, call):
        return None
    span = code.span_of(call)
    text = f".{repair.method}()"
    edit = Edit(repair.site.path, Span(span.end_row, span.end_column, span.end_row, span.end_column), text)
    return Fix(Applicability.SAFE, f"Call `{repair.method}()` on what is loaded here", (edit,))


def _is_taken_apart(code: Code, call: ast.Call) -> bool:
    match code.parent(call):
        case ast.Assign(targets=targets):
            return any(isinstance(target, (ast.Tuple, ast.List)) for target in targets)
        case ast.Subscript():
            return True
        case _:
            return False


def call_it(code: Code, repair: CallIt) -> Fix:
    """`model.eval` becomes `model.eval()`."""
    span = repair.site.span
    edit = Edit(repair.site.path, Span(span.end_row, span.end_column, span.end_row, span.end_column), "()")
    return Fix(Applicability.SAFE, "Call the method", (edit,))


def give(code: Code, repair: SetArgument) -> Fix | None:
    """The argument that a rule asks for. A value that somebody wrote is changed only when asked to."""
    edit = set_argument(code, repair.site, repair.name, repair.value)
    if edit is None:
        return None
    is_new = edit.span[:2] == edit.span[2:]
    return Fix(Applicability.SAFE if is_new else Applicability.UNSAFE, f"Pass `{repair.name}={repair.value}`", (edit,))


def follow_mode(code: Code, repair: FollowMode) -> Fix | None:
    """`training=self.training`, or a probability that is 0 in eval mode, where the call is in a method."""
    call = code.call_at(repair.site.span)
    owner = _self_name(code, call) if call is not None else None
    if call is None or owner is None or repair.problem in ("built", "made"):
        return None
    name = "dropout_p" if repair.problem == "dropout_p" else "training"
    given = _given(call, name, _POSITIONS[name])
    if name == "training":
        value = f"{owner}.training"
    elif given is None:
        return None
    else:
        value = f"{_in_condition(code, given)} if {owner}.training else 0.0"
    edit = _replacement(code, repair.site, given, value) if given is not None else set_argument(code, repair.site, name, value)
    if edit is None:
        return None
    return Fix(Applicability.SAFE, f"Pass `{name}={value}`", (edit,))


def _given(call: ast.Call, name: str, position: int) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    if any(isinstance(argument, ast.Starred) for argument in call.args[: position + 1]):
        return None
    return call.args[position] if len(call.args) > position else None


def _in_condition(code: Code, value: ast.expr) -> str:
    """A value as the first operand of `... if ... else ...`."""
    text = code.source(value)
    return f"({text})" if isinstance(value, (ast.IfExp, ast.Lambda, ast.NamedExpr)) else text


def _self_name(code: Code, call: ast.Call) -> str | None:
    """What the method around a call calls its object, if the functions in between have no variable of that name."""
    hidden: set[str] = set()
    for scope in code.scopes(call):
        if isinstance(scope, ast.ClassDef):
            return None
        if isinstance(scope, ast.Lambda):
            hidden.update(argument.arg for argument in scope.args.args)
            continue
        if not isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        names = parameters(scope)
        if isinstance(code.parent(scope), ast.ClassDef):
            static = any(ast.unparse(each) in ("staticmethod", "classmethod") for each in scope.decorator_list)
            bound = set(bound_in(scope.body))
            return names[0] if names and not static and names[0] not in hidden | bound else None
        hidden.update((*names, *bound_in(scope.body)))
    return None


def name_modules(code: Code, repair: NameModules) -> Fix | None:
    """`modules_to_save` of the configuration, with what it names already. The layers' weights are trained then too: unsafe."""
    attach = code.call_at(repair.site.span)
    config = _configuration(code, attach) if attach is not None else None
    known = repair.names and all(_LAYER.fullmatch(name) for name in repair.names)
    if config is None or not known or any(keyword.arg is None for keyword in config.keywords):
        return None
    given = next((keyword.value for keyword in config.keywords if keyword.arg == "modules_to_save"), None)
    site = Site(repair.site.path, repair.site.function, code.span_of(config))
    edit = _named(code, site, config, given, repair.names)
    if edit is None:
        return None
    return Fix(Applicability.UNSAFE, f"Name {_shown(repair.names)} in `modules_to_save`", (edit,))


def _named(code: Code, site: Site, config: ast.Call, given: ast.expr | None, names: tuple[str, ...]) -> Edit | None:
    match given:
        case None:
            return _new_argument(code, site, config, f"modules_to_save=[{_listed(names)}]")
        case ast.Constant(value=None):
            return _replacement(code, site, given, f"[{_listed(names)}]")
        case ast.List(elts=elements) if all(isinstance(each, ast.Constant) for each in elements):
            there = [each.value for each in elements if isinstance(each, ast.Constant)]
            missing = tuple(name for name in names if name not in there)
            if not missing:
                return None
            if not elements:
                return _replacement(code, site, given, f"[{_listed(missing)}]")
            last = code.span_of(elements[-1])
            return Edit(site.path, Span(last.end_row, last.end_column, last.end_row, last.end_column), f", {_listed(missing)}")
        case _:
            return None


def _shown(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _configuration(code: Code, attach: ast.Call) -> ast.Call | None:
    """The call that makes the configuration: an argument of the attaching call, or what a variable given there was assigned."""
    for argument in (*attach.args[1:], *(keyword.value for keyword in attach.keywords)):
        if isinstance(argument, ast.Call):
            return argument
        if isinstance(argument, ast.Name):
            assigned = [
                node.value
                for node in ast.walk(code.tree)
                if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == argument.id for t in node.targets)
            ]
            if len(assigned) == 1 and isinstance(assigned[0], ast.Call):
                return assigned[0]
    return None
