"""From the place where a program makes a model to a small program that makes just that model.

Names are followed backwards: to the assignments before the place, to the arguments of the calls that lead there, to imports,
functions and classes; attributes of `self` to the one place where the class sets them. Statements that do something with what is
needed are taken along, as they may fill a folder or change a configuration. What comes from outside (a parameter that no call
gives, an attribute that two places set) ends the search: `Unknown`.
"""

from __future__ import annotations

import ast
import builtins
import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from modelint.probe import scopes
from modelint.probe.scopes import Function, Scope, Unknown
from modelint.probe.statements import DEFINITION, IMPORT, acts, before, bound, first_iteration, flat, free
from modelint.probe.trees import SourceTree
from modelint.text.span import Span

MODEL = "__model__"
"""What the small program calls the model."""
Step = tuple[str, Span]
"""A call on the way to the place: a file and where in it."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """`text` makes the model; `shown` is the call that does, as the source has it."""

    text: str
    shown: str


def recipe(chain: Sequence[Step], text_of: Callable[[str], str | None], module_of: Callable[[str], str]) -> Recipe:
    """The recipe for the call at the end of a chain of calls, outermost first; a class at the end is called without arguments.
    `module_of` gives the dotted name of a file."""
    trees = {path: SourceTree(text_of(path) or "") for path, _ in chain}
    way: list[Scope] = []
    for number, (path, span) in enumerate(chain):
        call = trees[path].call(span) or trees[path].call_of_class(span)
        if call is None:
            raise Unknown("the place where the model is made is no call")
        function = scopes.function_around(trees[path].module, call)
        way.append(Scope(path, trees[path], function, call, number, way[-1] if way else None))
    return _Writer(way, trees, module_of).write()


class _Writer:
    def __init__(self, way: list[Scope], trees: dict[str, SourceTree], module_of: Callable[[str], str]) -> None:
        self._way, self._trees, self._module_of = way, trees, module_of
        self._program = way[0].path
        self._count = len(way)
        self._lines: list[str] = []
        self._tops: dict[str, dict[str, str]] = {}
        self._written: set[tuple[int, int]] = set()
        self._attributes: dict[tuple[int, str], str] = {}

    def write(self) -> Recipe:
        last = self._way[-1]
        expression = self._expression(last.place, last)
        self._lines.append(f"{MODEL} = {expression}")
        return Recipe("\n".join(self._lines) + "\n", ast.unparse(last.place))

    def _expression(self, node: ast.expr, scope: Scope) -> str:
        """The expression in names of the recipe, after what it needs has been written."""
        return ast.unparse(self._ready(node, scope))

    def _ready(self, node: ast.AST, scope: Scope) -> ast.AST:
        """A copy of a node that stands in the recipe, after what it needs has been written."""
        attributes = {each.attr: self._attribute(each.attr, scope) for each in scopes.attributes_of_self(node, scope)}
        node = _OfSelf(attributes).visit(copy.deepcopy(node))
        for name in free(node):
            if name not in attributes.values():
                self._need(name, scope)
        _Renamed({**self._tops.get(scope.path, {}), **scope.names}).visit(node)
        _Absolute(self._package(scope.path)).visit(node)
        return node

    def _package(self, path: str) -> str:
        """The dotted name of the package that a file belongs to."""
        module = self._module_of(path)
        return module if path.endswith("/__init__.py") else module.rpartition(".")[0]

    def _need(self, name: str, scope: Scope) -> None:
        if name in scope.names or name in self._tops.get(scope.path, {}):
            return
        if scope.function is None:
            self._need_top(name, scope, scope.place)
            return
        earlier = list(before(scope.function.body, scope.place))
        binding = [statement for statement in earlier if name in bound(statement)]
        if name in scopes.parameters(scope.function):
            self._parameter(name, scope, scope.function, is_overwritten=bool(binding))
        if binding:
            scope.names[name] = f"{name}__{scope.number}"
            self._take(binding, name, earlier, scope)
        elif name not in scope.names:
            self._need_top(name, scope, None)

    def _take(self, binding: list[ast.stmt], name: str, earlier: list[ast.stmt], scope: Scope) -> None:
        """Write statements, and those before the place that use the variable that they bind."""
        is_variable = not any(isinstance(statement, (*DEFINITION, *IMPORT)) for statement in binding)
        for statement in earlier:
            if statement in binding or (is_variable and acts(statement) and name in free(statement)):
                self._statement(statement, scope)

    def _statement(self, statement: ast.stmt, scope: Scope) -> None:
        key = id(statement), scope.number if scope.function is not None else -1
        if key in self._written:
            return
        self._written.add(key)
        if scope.function is not None:
            for name in sorted(bound(statement)):
                scope.names.setdefault(name, f"{name}__{scope.number}")
        self._lines.append(ast.unparse(self._ready(first_iteration(statement, scope.place), scope)))

    def _parameter(self, name: str, scope: Scope, function: Function, *, is_overwritten: bool) -> None:
        """A parameter is what the call before gives, or its default; not to be known, if it is overwritten anyway."""
        caller = scope.caller or self._construction(scope, function)
        call = caller.place if caller is not None else None
        given = scopes.argument(name, function, call) if isinstance(call, ast.Call) else None
        default = scopes.default(name, function)
        if given is not None and caller is not None:
            value = self._expression(given, caller)
        elif default is not None:
            value = self._expression(default, scope)
        elif is_overwritten:
            return
        elif name == "self":
            raise Unknown(f"what `self` is in `{function.name}` cannot be known from the source, only single attributes of it")
        else:
            why = "is called without it" if call is not None else "has no default for it, and no call of it is known"
            raise Unknown(f"what `{name}` is cannot be known from the source: `{function.name}` {why}")
        scope.names[name] = f"{name}__{scope.number}"
        self._lines.append(f"{scope.names[name]} = {value}")

    def _need_top(self, name: str, scope: Scope, place: ast.expr | None) -> None:
        """A name of the file's top level. The program's own is taken apart, others are imported."""
        body = scope.tree.module.body
        earlier = list(before(body, place)) if place is not None else list(flat(body))
        binding = [statement for statement in earlier if name in bound(statement)]
        later: list[ast.stmt] = [
            statement for statement in body if isinstance(statement, DEFINITION) and statement.name == name
        ]
        binding = binding or later
        if not binding:
            if hasattr(builtins, name) or name in ("__file__", "__name__"):
                return
            raise Unknown(f"what `{name}` is cannot be known from the source")
        names = self._tops.setdefault(scope.path, {})
        if scope.path != self._program:
            module = self._module_of(scope.path)
            names[name] = f"{name}__{module.replace('.', '_')}"
            self._lines.append(f"from {module} import {name} as {names[name]}")
            return
        names[name] = name
        top = Scope(scope.path, scope.tree, None, place or scope.place, scope.number)
        if place is None:
            for statement in binding:
                self._statement(statement, top)
        else:
            self._take(binding, name, earlier if binding is not later else [*earlier, *later], top)

    # ---------------------------------------------------------------- attributes of `self`
    def _attribute(self, attribute: str, scope: Scope) -> str:
        """The recipe's name for an attribute of the object whose method the scope is."""
        owner = scope.owner
        shown = f"what `self.{attribute}` is cannot be known from the source"
        if owner is None:
            raise Unknown(shown)
        key = id(owner), attribute
        if key in self._attributes:
            return self._attributes[key]
        found = list(scopes.assigned(owner, attribute))
        if len(found) != 1:
            raise Unknown(
                f"{shown}: `{owner.name}` sets it in {len(found)} places"
                if found
                else f"{shown}: `{owner.name}` does not set it"
            )
        function, value = found[0]
        if function is not None and function is not scope.function and function.name != scopes.CONSTRUCTOR:
            raise Unknown(f"{shown}: `{function.name}` sets it, which may not have been called")
        within = self._scope(scope, function, value)
        name = self._attributes[key] = f"{attribute}__{within.number}"
        self._lines.append(f"{name} = {self._expression(value, within)}")
        if function is not None and function is not scope.function:
            self._change(attribute, function, function.body, within)
        if scope.function is not None:
            self._change(attribute, scope.function, before(scope.function.body, scope.place), scope)
        return name

    def _scope(self, scope: Scope, function: Function | None, place: ast.expr) -> Scope:
        """A scope up to a place in another method of the same class, or in the class itself."""
        self._count += 1
        caller = scope.caller if function is scope.function else None
        return Scope(scope.path, scope.tree, function, place, self._count, caller)

    def _change(self, attribute: str, function: Function, earlier: Iterable[ast.stmt], scope: Scope) -> None:
        """Write what statements of a method do with the value of an attribute."""
        for statement in earlier:
            if scopes.changes(statement, attribute, function):
                self._statement(statement, scope)

    def _construction(self, scope: Scope, function: Function) -> Scope | None:
        """The call of the class in whose constructor the scope is."""
        owner = scope.owner
        if owner is None or function.name != scopes.CONSTRUCTOR:
            return None
        found = scopes.constructions(owner, self._trees.items())
        if len(found) > 1:
            raise Unknown(
                f"`{owner.name}` is made in {len(found)} places, and which of them it is cannot be known from the source"
            )
        if not found:
            return None
        path, tree, call = found[0]
        around = scopes.function_around(tree.module, call)
        self._count += 1
        caller = next((each.caller for each in self._way if each.function is around and around is not None), None)
        return Scope(path, tree, around, call, self._count, caller)


class _OfSelf(ast.NodeTransformer):
    """Puts names of the recipe in place of attributes of `self`."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        is_own = node.attr in self._names and isinstance(node.value, ast.Name) and node.value.id == "self"
        return ast.copy_location(ast.Name(self._names[node.attr], node.ctx), node) if is_own else node


class _Renamed(ast.NodeTransformer):
    """Puts the names of the recipe in place of those of the source."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self._names.get(node.id, node.id)
        return node


class _Absolute(ast.NodeTransformer):
    """Names whole modules in place of those that a package names from within, as the recipe is in none."""

    def __init__(self, package: str) -> None:
        self._names = package.split(".") if package else []

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.ImportFrom:
        if node.level:
            names = [*self._names[: len(self._names) + 1 - node.level], *filter(None, [node.module])]
            if node.level > len(self._names) + 1 or not names:
                raise Unknown(f"`{ast.unparse(node)}` leads out of the project")
            node.level, node.module = 0, ".".join(names)
        return node


def imported(text: str) -> Iterator[str]:
    """The dotted names of modules that a recipe imports, and those that may be modules."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


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
