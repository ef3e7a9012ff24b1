"""From the place where a program makes a model to a small program that makes just that model.

Names are followed backwards: to the assignments before the place, to the arguments of the calls that lead there, to imports,
functions and classes. Statements that do something with what is needed are taken along, as they may fill a folder or change a
configuration. What comes from outside (a parameter that no call gives, an attribute of `self`) ends the search: `Unknown`.
"""

from __future__ import annotations

import ast
import builtins
import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from modelint.probe.trees import SourceTree
from modelint.text.span import Span

MODEL = "__model__"
"""What the small program calls the model."""
Step = tuple[str, Span]
"""A call on the way to the place: a file and where in it."""
_Function = (ast.FunctionDef, ast.AsyncFunctionDef)
_Definition = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_Import = (ast.Import, ast.ImportFrom)


class Unknown(Exception):
    """The model cannot be made from the source alone, and why."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """`text` makes the model; `shown` is the call that does, as the source has it; `modules`: those of the project that are
    imported."""

    text: str
    shown: str
    modules: tuple[str, ...]


@dataclass(slots=True)
class _Scope:
    """A function on the way, or the top level of its file. `call` leads further from here; `number` makes its names its own."""

    path: str
    tree: SourceTree
    function: ast.FunctionDef | ast.AsyncFunctionDef | None
    call: ast.Call
    number: int
    names: dict[str, str] = field(default_factory=dict)


def recipe(chain: Sequence[Step], text_of: Callable[[str], str | None], module_of: Callable[[str], str]) -> Recipe:
    """The recipe for the call at the end of a chain of calls, outermost first. `module_of` gives the dotted name of a file."""
    scopes = []
    for number, (path, span) in enumerate(chain):
        tree = SourceTree(text_of(path) or "")
        call = tree.call(span)
        if call is None:
            raise Unknown("the place where the model is made is no call")
        scopes.append(_Scope(path, tree, _function_around(tree.module, call), call, number))
    return _Writer(scopes, module_of).write()


class _Writer:
    def __init__(self, scopes: list[_Scope], module_of: Callable[[str], str]) -> None:
        self._scopes, self._module_of = scopes, module_of
        self._program = scopes[0].path
        self._lines: list[str] = []
        self._modules: dict[str, None] = {}
        self._tops: dict[str, dict[str, str]] = {}
        self._written: set[int] = set()

    def write(self) -> Recipe:
        last = self._scopes[-1]
        expression = self._expression(last.call, last)
        self._lines.append(f"{MODEL} = {expression}")
        return Recipe("\n".join(self._lines) + "\n", ast.unparse(last.call), tuple(self._modules))

    def _expression(self, node: ast.expr, scope: _Scope) -> str:
        """The expression in names of the recipe, after what it needs has been written."""
        for name in _free(node):
            self._need(name, scope)
        return ast.unparse(_Renamed({**self._tops.get(scope.path, {}), **scope.names}).visit(_copy(node)))

    def _need(self, name: str, scope: _Scope) -> None:
        if name in scope.names or name in self._tops.get(scope.path, {}):
            return
        if scope.function is None:
            self._need_top(name, scope, scope.call)
            return
        before = list(_before(scope.function.body, scope.call))
        binding = [statement for statement in before if name in _bound(statement)]
        if name in _parameters(scope.function):
            self._parameter(name, scope, is_overwritten=bool(binding))
        if binding:
            scope.names[name] = f"{name}__{scope.number}"
            self._take(binding, name, before, scope)
        elif name not in scope.names:
            self._need_top(name, scope, None)

    def _take(self, binding: list[ast.stmt], name: str, before: list[ast.stmt], scope: _Scope) -> None:
        """Write statements, and those before the place that use the variable that they bind."""
        is_variable = not any(isinstance(statement, (*_Definition, *_Import)) for statement in binding)
        for statement in before:
            if statement in binding or (is_variable and _acts(statement) and name in _free(statement)):
                self._statement(statement, scope)

    def _statement(self, statement: ast.stmt, scope: _Scope) -> None:
        if id(statement) in self._written:
            return
        self._written.add(id(statement))
        if scope.function is not None:
            for name in sorted(_bound(statement)):
                scope.names.setdefault(name, f"{name}__{scope.number}")
        for name in _free(statement):
            self._need(name, scope)
        taken = _first_iteration(statement, scope.call)
        self._lines.append(ast.unparse(_Renamed({**self._tops.get(scope.path, {}), **scope.names}).visit(_copy(taken))))

    def _parameter(self, name: str, scope: _Scope, *, is_overwritten: bool) -> None:
        """A parameter is what the call before gives, or its default; not to be known, if it is overwritten anyway."""
        assert scope.function is not None
        given = _argument(name, scope, self._scopes[scope.number - 1].call) if scope.number else None
        default = _default(name, scope.function)
        if given is not None:
            value = self._expression(given, self._scopes[scope.number - 1])
        elif default is not None:
            value = self._expression(default, scope)
        elif is_overwritten:
            return
        else:
            raise Unknown(f"what `{name}` is cannot be known from the source")
        scope.names[name] = f"{name}__{scope.number}"
        self._lines.append(f"{scope.names[name]} = {value}")

    def _need_top(self, name: str, scope: _Scope, place: ast.Call | None) -> None:
        """A name of the file's top level. The program's own is taken apart, others are imported."""
        body = scope.tree.module.body
        before = list(_before(body, place)) if place is not None else list(_flat(body))
        binding = [statement for statement in before if name in _bound(statement)]
        later: list[ast.stmt] = [
            statement for statement in body if isinstance(statement, _Definition) and statement.name == name
        ]
        binding = binding or later
        if not binding:
            if hasattr(builtins, name) or name in ("__file__", "__name__"):
                return
            raise Unknown(f"what `{name}` is cannot be known from the source")
        names = self._tops.setdefault(scope.path, {})
        if scope.path != self._program:
            module = self._module_of(scope.path)
            self._modules[module] = None
            names[name] = f"{name}__{module.replace('.', '_')}"
            self._lines.append(f"from {module} import {name} as {names[name]}")
            return
        names[name] = name
        top = _Scope(scope.path, scope.tree, None, place or scope.call, scope.number)
        if place is None:
            for statement in binding:
                self._statement(statement, top)
        else:
            self._take(binding, name, before if binding is not later else [*before, *later], top)


# -------------------------------------------------------------------- statements
def _before(body: Sequence[ast.stmt], place: ast.AST) -> Iterator[ast.stmt]:
    """The statements that run before the one that holds `place`, through the blocks that hold it, itself included where it is a
    loop or a `with`, whose variable the place may use."""
    for statement in body:
        if place not in ast.walk(statement):
            if (statement.lineno, statement.col_offset) < (getattr(place, "lineno", 0), getattr(place, "col_offset", 0)):
                yield statement
            continue
        if isinstance(statement, _Definition):
            return
        if isinstance(statement, ast.For):
            yield statement
        for inner in _blocks(statement):
            if any(place in ast.walk(each) for each in inner):
                yield from _before(inner, place)
        return


def _flat(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of the top level, those of `if __name__ == ...` left out."""
    for statement in body:
        if not (isinstance(statement, ast.If) and "__name__" in _free(statement.test)):
            yield statement


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        yield getattr(statement, name, None) or []
    for handler in getattr(statement, "handlers", []):
        yield handler.body


def _acts(statement: ast.stmt) -> bool:
    """It may do something with a value: call something, or write an attribute or an element. Loops are left out."""
    if isinstance(statement, (ast.Expr, ast.With, ast.AugAssign)):
        return True
    return isinstance(statement, ast.Assign) and not any(
        isinstance(target, (ast.Name, ast.Tuple)) for target in statement.targets
    )


def _first_iteration(statement: ast.stmt, place: ast.AST) -> ast.stmt:
    """Of a loop around the place, its variable in the first iteration."""
    if isinstance(statement, ast.For) and place in ast.walk(statement):
        first = ast.Call(ast.Name("next", ast.Load()), [ast.Call(ast.Name("iter", ast.Load()), [statement.iter], [])], [])
        return ast.fix_missing_locations(ast.Assign([statement.target], first, lineno=statement.lineno))
    return statement


def _bound(statement: ast.stmt) -> set[str]:
    """The names that a statement gives a value."""
    if isinstance(statement, _Definition):
        return {statement.name}
    if isinstance(statement, _Import):
        return {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}
    if isinstance(statement, ast.For):
        return {node.id for node in ast.walk(statement.target) if isinstance(node, ast.Name)}
    return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _free(node: ast.AST) -> list[str]:
    """The names that a node reads and does not bind itself, in the order of the text."""
    if isinstance(node, ast.For):
        return _free(node.iter)
    inner = {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}
    inner |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    inner |= {n.name for n in ast.walk(node) if isinstance(n, _Definition)}
    inner |= {name for n in ast.walk(node) if isinstance(n, _Import) for name in _bound(n)}
    read = [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    return [name for name in dict.fromkeys(read) if name not in inner]


# -------------------------------------------------------------------- functions
def _function_around(module: ast.Module, place: ast.AST) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    around = [node for node in ast.walk(module) if isinstance(node, _Function) and _holds(node, place)]
    return max(around, key=lambda node: node.lineno, default=None)


def _holds(function: ast.FunctionDef | ast.AsyncFunctionDef, place: ast.AST) -> bool:
    return any(place in ast.walk(statement) for statement in function.body)


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    given = function.args
    return [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


def _default(name: str, function: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.expr | None:
    given = function.args
    positional = [*given.posonlyargs, *given.args]
    defaults = dict(
        zip([each.arg for each in positional[len(positional) - len(given.defaults) :]], given.defaults, strict=True)
    )
    defaults.update({each.arg: value for each, value in zip(given.kwonlyargs, given.kw_defaults, strict=True) if value})
    return defaults.get(name)


def _argument(name: str, scope: _Scope, call: ast.Call) -> ast.expr | None:
    """What a call gives for a parameter."""
    assert scope.function is not None
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
        if keyword.arg is None:
            raise Unknown(f"what `{name}` is cannot be known from the source")
    positional = [each.arg for each in (*scope.function.args.posonlyargs, *scope.function.args.args)]
    if positional[:1] in (["self"], ["cls"]):
        positional = positional[1:]
    if any(isinstance(argument, ast.Starred) for argument in call.args) or name not in positional:
        return None
    index = positional.index(name)
    return call.args[index] if index < len(call.args) else None


class _Renamed(ast.NodeTransformer):
    """Puts the names of the recipe in place of those of the source."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.copy_location(ast.Name(self._names.get(node.id, node.id), node.ctx), node)


def _copy(node: ast.AST) -> ast.AST:
    """A copy that may be changed; trees are read again by other recipes."""
    return copy.deepcopy(node)


def adapted(text: str, *, without_weights: bool, remote_code: bool) -> str:
    """The recipe without code from a hub, unless that is allowed, and without weights if that is wished."""
    tree = _Adapted(without_weights, remote_code).visit(ast.parse(text))
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


class _Adapted(ast.NodeTransformer):
    def __init__(self, without_weights: bool, remote_code: bool) -> None:
        self._without_weights, self._remote_code = without_weights, remote_code

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if not self._remote_code:
            node.keywords = [keyword for keyword in node.keywords if keyword.arg != "trust_remote_code"]
        function = node.func
        if self._without_weights and isinstance(function, ast.Attribute) and function.attr == "from_pretrained":
            return ast.Call(ast.Name("__from_configuration__", ast.Load()), [function.value, *node.args], node.keywords)
        return node
