"""Where in one function a mode call goes: before which statement, so that it runs before the forward, after whatever sets the
wrong mode, and in the way of nothing that needs the other mode.

The *levels* of a forward are the statements around it, outermost first. A call before the statement of one level is right if
nothing inside that statement sets or needs another mode, and if the receiver is bound there and means the same object. Levels
further in are right as well then; so one is sought from outside, and loops decide which: a mode is set once, before a loop.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import Literal

from modelint.fixing.code import Code, Level, Loop, With
from modelint.fixing.names import Scope, bound_in
from modelint.text.span import Span

_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)


@dataclass(frozen=True, slots=True)
class Target:
    """A forward (or the call that leads to one) in one function, and others there that the same call is to serve. `causes` are the places in this function that set the wrong
    mode, `opposites` those that need it; `keys` must be bound for the receiver to be used."""

    sites: tuple[Span, ...]
    mode: Literal["train", "eval"]
    keys: frozenset[str]
    causes: tuple[Span, ...] = ()
    opposites: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place for a statement. `kind`: before the loop that the forward is in, at the start of the body of a loop, right after
    what set the wrong mode, or directly before the forward's statement."""

    statement: ast.stmt
    side: Literal["before", "after"]
    kind: Literal["loop", "start", "restore", "statement"]


def find_place(code: Code, target: Target) -> Place | None:
    """The place for the mode call of a target, None if there is none in its function. If none serves all sites, one for the first."""
    levels = _common([code.levels(site) for site in target.sites])
    depth = _outermost(code, target, levels)
    if depth is None:
        return find_place(code, replace(target, sites=target.sites[:1])) if len(target.sites) > 1 else None
    inner = range(depth, len(levels))
    site = min(target.sites)
    loop = next((each for each in inner if _is_loop_over(code, levels[each], site)), None)
    if loop is not None:
        if target.mode == "train" and (start := _start_of_body(code, target, levels, loop)):
            return start
        return Place(levels[_out_of_with(levels, loop, depth)].statement, "before", "loop")
    if target.mode == "train":
        found = _after_cause(code, target, levels) or _start_of_body(code, target, levels, len(levels) - 1)
        if found is not None:
            return found
    last = max(each for each in inner if not code.is_elif(levels[each]))
    return Place(levels[_out_of_with(levels, last, depth)].statement, "before", "statement")


def _common(ways: list[list[Level]]) -> list[Level]:
    """The levels that lead to all of several places; at the last of them, the statement of the first place."""
    found: list[Level] = []
    for together in zip(*ways, strict=False):
        if any(level.block is not together[0].block for level in together):
            break
        found.append(min(together, key=lambda level: level.position))
        if len({level.position for level in together}) > 1:
            break
    return found


def _outermost(code: Code, target: Target, levels: list[Level]) -> int | None:
    """The outermost level before whose statement the call may stand."""
    scope = Scope(code, levels)
    for depth, level in enumerate(levels):
        if code.is_elif(level):
            continue
        innermost = depth == len(levels) - 1 and len(target.sites) == 1
        if _is_clear(code, target, level, innermost=innermost) and scope.holds(target.keys, levels, depth):
            return depth
    return None


def _is_clear(code: Code, target: Target, level: Level, *, innermost: bool) -> bool:
    """Nothing inside the level's statement sets or needs another mode. In the forward's own statement only what is needed counts."""
    statement = level.statement
    if any(code.contains(statement, place) for place in target.opposites):
        return False
    return innermost or not any(code.contains(statement, place) for place in target.causes)


def _is_loop_over(code: Code, level: Level, site: Span) -> bool:
    """The level's statement is a loop with the place in its body."""
    statement = level.statement
    return isinstance(statement, Loop) and any(code.contains(each, site) for each in statement.body)


def _out_of_with(levels: list[Level], depth: int, limit: int) -> int:
    """A mode is set before the `with torch.no_grad():` that holds a loop or statement, not in it."""
    while depth > limit and isinstance(levels[depth - 1].statement, With):
        depth -= 1
    return depth


def _start_of_body(code: Code, target: Target, levels: list[Level], depth: int) -> Place | None:
    """The start of the body of the loop that a level is directly in, where the wrong mode is set once for each round of that loop."""
    level = levels[depth]
    loop = level.owner
    if level.field != "body" or not isinstance(loop, Loop):
        return None
    if not any(code.contains(loop, place) for place in (*target.causes, *target.opposites)):
        return None
    first = 1 if _is_docstring(level.block[0]) and len(level.block) > 1 else 0
    skipped = level.block[: level.position]
    places = (*target.causes, *target.opposites)
    if any(code.contains(statement, place) for statement in skipped for place in places):
        return None
    scope = Scope(code, levels)
    head = [*levels[:depth], level._replace(position=min(first, level.position))]
    if target.keys & set(bound_in(skipped)) or not scope.holds(target.keys, [*head, *levels[depth:]], depth):
        return None
    return Place(head[-1].statement, "before", "start")


def _after_cause(code: Code, target: Target, levels: list[Level]) -> Place | None:
    """Right after the one evaluation in the loop's body: with the forward in the loop itself, to set the mode in every round would be waste."""
    site = min(target.sites)
    loop = next((level.statement for level in reversed(levels) if _is_loop_over(code, level, site)), None)
    inside = [place for place in target.causes if loop is not None and code.contains(loop, place)]
    if len(inside) != 1:
        return None
    around = code.levels(inside[0])
    last = around[-1]
    if hasattr(last.statement, "body") or isinstance(last.statement, _ENDS):
        return None
    between = around[[level.statement for level in around].index(loop) + 1 :] if loop is not None else []
    if any(isinstance(level.statement, ast.Try) for level in between):
        # An exception in the evaluation would pass by what stands after it.
        return None
    if not Scope(code, around).holds(target.keys, around, len(around) - 1):
        return None
    if not _is_mode_call(last.statement):
        return Place(last.statement, "after", "restore")
    if last.owner is loop:
        return None
    end = last.block[-1]
    return Place(end, "before" if isinstance(end, _ENDS) else "after", "restore")


def _is_mode_call(statement: ast.stmt) -> bool:
    """`model.eval()` itself, after which an evaluation still comes."""
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="eval" | "train"))):
            return True
        case _:
            return False


def _is_docstring(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str)
    )
