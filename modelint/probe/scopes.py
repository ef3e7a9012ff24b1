"""Functions and classes of a program, as far as a recipe needs them: what a parameter is given, what an attribute of `self` is."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from modelint.probe.trees import SourceTree

Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
CONSTRUCTOR = "__init__"


class Unknown(Exception):
    """The model cannot be made from the source alone, and why."""


@dataclass(slots=True, eq=False)
class Scope:
    """A function, or the top level of its file, up to a place in it. `caller` holds the call that leads here, None if none is known;
    `number` makes its names its own."""

    path: str
    tree: SourceTree
    function: Function | None
    place: ast.expr
    number: int
    caller: Scope | None = None
    names: dict[str, str] = field(default_factory=dict)

    @property
    def owner(self) -> ast.ClassDef | None:
        """The class that the function is a method of."""
        classes = (node for node in ast.walk(self.tree.module) if isinstance(node, ast.ClassDef))
        return next((node for node in classes if any(each is self.function for each in node.body)), None)


def function_around(module: ast.Module, place: ast.AST) -> Function | None:
    """The innermost function that holds a place."""
    around = [node for node in ast.walk(module) if isinstance(node, FUNCTION) and _holds(node, place)]
    return max(around, key=lambda node: node.lineno, default=None)


def _holds(function: Function, place: ast.AST) -> bool:
    return any(place in ast.walk(statement) for statement in function.body)


# -------------------------------------------------------------------- parameters
def parameters(function: Function) -> list[str]:
    given = function.args
    return [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


def default(name: str, function: Function) -> ast.expr | None:
    """The default of a parameter."""
    given = function.args
    positional = [*given.posonlyargs, *given.args]
    defaults = dict(
        zip([each.arg for each in positional[len(positional) - len(given.defaults) :]], given.defaults, strict=True)
    )
    defaults.update({each.arg: value for each, value in zip(given.kwonlyargs, given.kw_defaults, strict=True) if value})
    return defaults.get(name)


def argument(name: str, function: Function, call: ast.Call) -> ast.expr | None:
    """What a call gives for a parameter."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
        if keyword.arg is None:
            raise Unknown(f"what `{name}` is cannot be known from the source: `{function.name}` is called with `**`")
    positional = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
    if positional[:1] in (["self"], ["cls"]):
        positional = positional[1:]
    if name not in positional:
        return None
    index = positional.index(name)
    if any(isinstance(given, ast.Starred) for given in call.args[: index + 1]):
        raise Unknown(f"what `{name}` is cannot be known from the source: `{function.name}` is called with `*`")
    return call.args[index] if index < len(call.args) else None


# -------------------------------------------------------------------- attributes
def attributes_of_self(node: ast.AST, scope: Scope) -> list[ast.Attribute]:
    """The attributes of the object whose method this is that a node reads."""
    return [
        each
        for each in ast.walk(node)
        if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Load) and _is_self(each.value, scope.function)
    ]


def _is_self(node: ast.expr, function: Function | None) -> bool:
    return function is not None and parameters(function)[:1] == ["self"] and isinstance(node, ast.Name) and node.id == "self"


def assigned(owner: ast.ClassDef, attribute: str) -> Iterator[tuple[Function | None, ast.expr]]:
    """Where the methods of a class, or its body, give an attribute a value: the function, None for the body, and the value."""
    for statement in owner.body:
        function = statement if isinstance(statement, FUNCTION) else None
        for node in ast.walk(statement) if function is not None else [statement]:
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(_is_named(target, attribute, function) for target in targets):
                    yield function, node.value


def _is_named(target: ast.expr, attribute: str, function: Function | None) -> bool:
    if function is None:
        return isinstance(target, ast.Name) and target.id == attribute
    return isinstance(target, ast.Attribute) and target.attr == attribute and _is_self(target.value, function)


def changes(statement: ast.stmt, attribute: str, function: Function) -> bool:
    """Whether a statement writes into what an attribute of `self` holds, or calls a method of it."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        places = [statement.value.func]
    elif isinstance(statement, ast.Assign):
        places = statement.targets
    else:
        places = [statement.target] if isinstance(statement, ast.AugAssign) else []
    return any(_leads_to(place, attribute, function) for place in places)


def _leads_to(place: ast.expr, attribute: str, function: Function) -> bool:
    while isinstance(place, (ast.Attribute, ast.Subscript)):
        place = place.value
        if _is_named(place, attribute, function):
            return True
    return False


def constructions(owner: ast.ClassDef, trees: Iterable[tuple[str, SourceTree]]) -> list[tuple[str, SourceTree, ast.Call]]:
    """The calls of a class in these files."""
    return [
        (path, tree, node)
        for path, tree in trees
        for node in ast.walk(tree.module)
        if isinstance(node, ast.Call) and _last_name(node.func) == owner.name
    ]


def _last_name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
