"""Which names a piece of code binds, and whether an expression has its value at a place already.

A *key* is a name, or an attribute or item as it is written from a name on: `self.net`, `models[0]`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from modelint.fixing.code import Code, Function, Level, blocks_of

_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)


def keys_of(receiver: ast.expr) -> frozenset[str] | None:
    """What must keep its value for an expression to mean the same object: the expression, what it is an attribute of, and so on.
    None for expressions that may mean another object each time, like calls."""
    keys: set[str] = set()
    pending: list[ast.expr] = [receiver]
    while pending:
        node = pending.pop()
        match node:
            case ast.Name():
                keys.add(node.id)
            case ast.Attribute():
                keys.add(ast.unparse(node))
                pending.append(node.value)
            case ast.Subscript(slice=ast.Constant() | ast.Name() | ast.Attribute()):
                keys.add(ast.unparse(node))
                pending += [node.value, node.slice]
            case ast.Constant():
                pass
            case _:
                return None
    return frozenset(keys)


def bound_in(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The keys that these nodes bind, without the bodies of functions and classes in them."""
    pending = list(nodes)
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
            yield ast.unparse(node)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in node.names)
        elif (isinstance(node, ast.ExceptHandler) and node.name) or (
            isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name
        ):
            yield node.name
        pending.extend(ast.iter_child_nodes(node))


def parameters(function: Function) -> list[str]:
    """The names of all parameters, in order."""
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return [each.arg for each in (*named, *filter(None, (given.vararg, given.kwarg)))]


class Scope:
    """The function that a path of levels leads through, and what it binds."""

    def __init__(self, code: Code, levels: list[Level]) -> None:
        self._code = code
        self._function = code.function_of(levels)
        body = self._function.body if self._function is not None else code.tree.body
        declared = {name for node in _walk(body) if isinstance(node, (ast.Global, ast.Nonlocal)) for name in node.names}
        self._parameters = set(parameters(self._function)) if self._function is not None else set()
        self._local = set(bound_in(body)) - declared

    def holds(self, keys: frozenset[str], levels: list[Level], depth: int) -> bool:
        """Whether an expression with these keys, used at the innermost level, means the same object before the statement at `depth`."""
        if keys & set(bound_in([levels[depth].statement])):
            return depth == len(levels) - 1 and not self._rebinds_inside(keys, levels[depth].statement)
        names = {key for key in keys if key.isidentifier()} & self._local - self._parameters
        return all(self._is_bound_before(name, levels, depth) for name in names)

    def _rebinds_inside(self, keys: frozenset[str], statement: ast.stmt) -> bool:
        """Whether a statement gives the names another meaning before it uses them: in a comprehension, a loop or a `with`."""
        inner = [node for node in ast.walk(statement) if isinstance(node, (ast.comprehension, ast.NamedExpr))]
        targets = [node.target for node in inner]
        if isinstance(statement, (ast.For, ast.AsyncFor)):
            targets.append(statement.target)
        if isinstance(statement, (ast.With, ast.AsyncWith)):
            targets += [item.optional_vars for item in statement.items if item.optional_vars is not None]
        return bool(keys & set(bound_in(targets)))

    def _is_bound_before(self, name: str, levels: list[Level], depth: int) -> bool:
        before = [level.block[: level.position] for level in levels[: depth + 1]]
        if any(binds_surely(statement, name) for block in before for statement in block):
            return True
        if any(name in set(bound_in(_targets(level.statement))) for level in levels[:depth]):
            return True
        if depth == len(levels) - 1:
            return True
        # Where the forward is run whatever happens, a name that is bound on some paths only fails here as it failed there.
        conditional = any(isinstance(level.statement, (ast.If, ast.Try, ast.Match)) for level in levels[depth:-1])
        return not conditional and any(name in set(bound_in(block)) for block in before)


def _targets(statement: ast.stmt) -> list[ast.AST]:
    """What a compound statement binds before its body runs."""
    match statement:
        case ast.For() | ast.AsyncFor():
            return [statement.target]
        case ast.With() | ast.AsyncWith():
            return [item.optional_vars for item in statement.items if item.optional_vars is not None]
        case _:
            return []


def binds_surely(statement: ast.stmt, name: str) -> bool:
    """Whether a name is bound once the statement is done."""
    match statement:
        case ast.If():
            return _all_bind([statement.body, statement.orelse], name)
        case ast.Try():
            ways = [[*statement.body, *statement.orelse], *(handler.body for handler in statement.handlers)]
            return _all_bind(ways, name) or _all_bind([statement.finalbody], name)
        case ast.With() | ast.AsyncWith():
            return name in set(bound_in(_targets(statement))) or _all_bind([statement.body], name)
        case ast.For() | ast.AsyncFor() | ast.While() | ast.Match():
            return False
        case ast.Delete():
            return False
        case _:
            return name in set(bound_in([statement]))


def _all_bind(ways: list[list[ast.stmt]], name: str) -> bool:
    def binds(block: list[ast.stmt]) -> bool:
        return any(binds_surely(each, name) or isinstance(each, _ENDS) for each in block)

    return all(map(binds, ways))


def _walk(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """All nodes below, without the bodies of inner functions and classes."""
    pending = list(nodes)
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, _INNER):
            pending.extend(ast.iter_child_nodes(node))


def module_names(code: Code) -> frozenset[str]:
    """The names at the top level of a file that are imports, functions or classes: no variable, so no model."""
    found: set[str] = set()
    pending: list[ast.AST] = [code.tree]
    while pending:
        for _, _, block in blocks_of(pending.pop()):
            for statement in block:
                if isinstance(statement, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                    found.update(bound_in([statement]))
                else:
                    pending.append(statement)
    return frozenset(found)
