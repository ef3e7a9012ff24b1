"""Calls that a loop repeats with the same arguments: a model that is run so is sampled, since in eval mode all results would be one."""

from __future__ import annotations

from collections.abc import Iterator

from modelint.ir.module import FunctionIR
from modelint.ir.ops import Call, Constant, For, GetAttribute, GetItem, Load, Op, SetAttribute, SetItem, Store, While
from modelint.ir.walk import nested, walk
from modelint.program.uses import registers_read
from modelint.text.span import Span

SAME = frozenset(
    "view reshape unsqueeze squeeze expand repeat flatten float long half double to cpu cuda clone detach t".split()
)
"""Methods of a tensor that give the same for the same tensor."""


def repeated_calls(function: FunctionIR) -> frozenset[Span]:
    """The places of calls in loops whose callee and arguments are named outside of the loop and stay what they are in it."""
    loops = (op for op in walk(function.body) if type(op) is For)
    return frozenset(span for loop in loops for span in _repeated_in(loop))


def _repeated_in(loop: For) -> Iterator[Span]:
    changes = _changes(loop)
    body = list(_directly_in(loop.body))
    for candidate in body:
        if type(candidate) is Call and candidate.arguments:
            others = {name for name, by in changes.items() if by - {candidate.text}}
            if candidate.into in _steady(body, others, candidate) and _serves(loop, candidate):
                yield candidate.span


def _changes(loop: For) -> dict[str, set[str]]:
    """The names whose values may change in the loop, each with what may do so: calls of methods, by their text, or an assignment."""
    changes: dict[str, set[str]] = {}
    names: dict[int, str] = {}
    for op in walk(loop.body):
        if type(op) is Load:
            names[op.into] = op.name
        elif isinstance(op, (GetAttribute, GetItem)):
            names[op.into] = names.get(op.owner, "")
        elif isinstance(op, (SetAttribute, SetItem)):
            changes.setdefault(names.get(op.owner, ""), set()).add("=")
        elif type(op) is Store:
            changes.setdefault(op.name, set()).add("=")
        elif type(op) is Call and "." in op.text and op.text.rpartition(".")[2] not in SAME:
            changes.setdefault(op.text.partition(".")[0], set()).add(op.text)
    return changes


def _serves(loop: For, candidate: Call) -> bool:
    """Whether nothing is called in the loop but for the candidate: to prepare its arguments, or with what it gives. Anything else might
    change the model, as training does."""
    results: set[int] = set()
    names: set[str] = set()
    for op in walk(loop.body):
        into = getattr(op, "into", None)
        depends = op is candidate or (type(op) is Load and op.name in names) or not results.isdisjoint(registers_read(op))
        if type(op) is Call and not depends and op.text.rpartition(".")[2] not in SAME:
            return False
        if type(op) is Store and depends:
            names.add(op.name)
        if isinstance(into, int):
            (results.add if depends else results.discard)(into)
    return True


def _steady(body: list[Op], changed: set[str], candidate: Call) -> set[int]:
    """The registers, when the candidate is called, that are the same in each iteration: its own too, if it is called with such alone."""
    steady: set[int] = set()
    for op in body:
        inputs: tuple[int, ...] = ()
        if type(op) is Load:
            same = op.name not in changed
        elif type(op) is GetAttribute:
            same, inputs = True, (op.owner,)
        elif type(op) is Call:
            same = op is candidate or op.text.rpartition(".")[2] in SAME
            inputs = (op.function, *(argument.value for argument in op.arguments))
        else:
            same = type(op) is Constant
        into = getattr(op, "into", None)
        if isinstance(into, int):
            (steady.add if same and steady.issuperset(inputs) else steady.discard)(into)
        if op is candidate:
            break
    return steady


def _directly_in(block: tuple[Op, ...]) -> Iterator[Op]:
    """The operations of a block and of those inside it that are no loops."""
    for op in block:
        yield op
        if not isinstance(op, (For, While)):
            yield from _directly_in(nested(op))
