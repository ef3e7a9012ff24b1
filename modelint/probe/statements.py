"""Statements of a program: which run before a place, which names they read and bind."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

DEFINITION = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
IMPORT = (ast.Import, ast.ImportFrom)


def before(body: Sequence[ast.stmt], place: ast.AST) -> Iterator[ast.stmt]:
    """The statements that run before the one that holds `place`, through the blocks that hold it, itself included where it is a
    loop or a `with`, whose variable the place may use."""
    for statement in body:
        if place not in ast.walk(statement):
            if (statement.lineno, statement.col_offset) < (getattr(place, "lineno", 0), getattr(place, "col_offset", 0)):
                yield statement
            continue
        if isinstance(statement, DEFINITION):
            return
        if isinstance(statement, ast.For):
            yield statement
        for inner in _blocks(statement):
            if any(place in ast.walk(each) for each in inner):
                yield from before(inner, place)
        return


def flat(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of the top level, those of `if __name__ == ...` left out."""
    for statement in body:
        if not (isinstance(statement, ast.If) and "__name__" in free(statement.test)):
            yield statement


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        yield getattr(statement, name, None) or []
    for handler in getattr(statement, "handlers", []):
        yield handler.body


def acts(statement: ast.stmt) -> bool:
    """It may do something with a value: call something, or write an attribute or an element. Loops are left out."""
    if isinstance(statement, (ast.Expr, ast.With, ast.AugAssign)):
        return True
    return isinstance(statement, ast.Assign) and not any(
        isinstance(target, (ast.Name, ast.Tuple)) for target in statement.targets
    )


def first_iteration(statement: ast.stmt, place: ast.AST) -> ast.stmt:
    """Of a loop around the place, its variable in the first iteration."""
    if isinstance(statement, ast.For) and place in ast.walk(statement):
        first = ast.Call(ast.Name("next", ast.Load()), [ast.Call(ast.Name("iter", ast.Load()), [statement.iter], [])], [])
        return ast.fix_missing_locations(ast.Assign([statement.target], first, lineno=statement.lineno))
    return statement


def bound(statement: ast.stmt) -> set[str]:
    """The names that a statement gives a value."""
    if isinstance(statement, DEFINITION):
        return {statement.name}
    if isinstance(statement, IMPORT):
        return {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}
    if isinstance(statement, ast.For):
        return {node.id for node in ast.walk(statement.target) if isinstance(node, ast.Name)}
    return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def free(node: ast.AST) -> list[str]:
    """The names that a node reads and does not bind itself, in the order of the text."""
    if isinstance(node, ast.For):
        return free(node.iter)
    inner = {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}
    inner |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    inner |= {n.name for n in ast.walk(node) if isinstance(n, DEFINITION)}
    inner |= {name for n in ast.walk(node) if isinstance(n, IMPORT) for name in bound(n)}
    read = [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    return [name for name in dict.fromkeys(read) if name not in inner]
