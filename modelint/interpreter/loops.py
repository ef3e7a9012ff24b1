"""Loops: one iteration for each element where the elements are known, else the first iteration apart from the later ones, until
nothing new comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from modelint.interpreter import containers, generators, guards, lasts, models
from modelint.interpreter.frame import Exits, Frame
from modelint.interpreter.guards import replace
from modelint.interpreter.joins import merge, rebase
from modelint.interpreter.regions import takes_end
from modelint.interpreter.state import State
from modelint.interpreter.values import NOTHING, Choice, Generator, Range, Value
from modelint.interpreter.widening import contained, widen
from modelint.ir import ops
from modelint.ir.walk import walk
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


PASSES = 3
"""Iterations of a loop that are interpreted at most: the first, a later one, and one from the end of that."""


def run_for(machine: Machine, op: ops.For, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    results: list[State] = []
    for state in states:
        iterable = state.locals[op.iterable]
        if type(iterable) is Choice:
            usable = [o for o in iterable.options if o != NOTHING]
            iterable = usable[0] if len(usable) == 1 else iterable
        if type(iterable) is Generator and generators.takes_turns(machine, iterable, frame):
            results.extend(generators.run_in_turn(machine, op, state, iterable, frame, exits))
            continue
        if type(iterable) is Generator:
            states_and_lists = generators.consume(machine, state, iterable, frame, op.span)
        else:
            states_and_lists = [(state, iterable)]
        for each, source in states_and_lists:
            results.extend(_iterate(machine, op, source, each, frame, exits))
    return merge(results)


def _iterate(machine: Machine, op: ops.For, iterable: Value, state: State, frame: Frame, exits: Exits) -> list[State]:
    if type(iterable) is Choice and all(
        containers.known_elements(machine, state, each) is not None for each in iterable.options
    ):
        results: list[State] = []
        for number, option in enumerate(iterable.options):
            branch = state.fork() if number < len(iterable.options) - 1 else state
            replace(branch, iterable, option)
            results.extend(_iterate(machine, op, option, branch, frame, exits))
        return merge(results)
    elements = containers.known_elements(machine, state, iterable)
    if elements is None:
        elements = containers.each_option(machine, state, iterable)
    if elements is not None:
        return _unrolled(machine, op, elements, state, frame, exits)
    key = ("element", frame.module, op.span, frame.context)

    def bind(entering: State, done: list[State], *, first: bool) -> list[State]:
        models.forget_symbol(machine, entering, key)
        entering.locals[op.target] = containers.element(machine, entering, iterable, first=first, key=key)
        return [entering]

    earliest, later = (containers.element(machine, state, iterable, first=first, key=key) for first in (True, False))
    least = iterable.least if type(iterable) is Range else 1
    numbers = lasts.numbers_of(state, iterable, key)
    if numbers is not None and lasts.is_empty(state, numbers):
        return [state] if not op.orelse else machine.run_block(op.orelse, [state], frame, exits)
    return _loop(machine, op, state, frame, exits, bind, first_differs=earliest != later, least=least, numbers=numbers)


def _unrolled(
    machine: Machine, op: ops.For, elements: tuple[Value, ...], state: State, frame: Frame, exits: Exits
) -> list[State]:
    """A loop over a container of known length: one iteration for each element."""
    states, done = [state], []
    outer = machine.iteration
    for number, element in enumerate(elements):
        if not states:
            break
        machine.iteration = (*outer, (hash_span(op.span), str(number)))
        for each in states:
            each.locals[op.target] = element
        inner = Exits()
        states = machine.run_block(op.body, states, frame, inner)
        inner.pass_on(exits)
        done.extend(inner.broken)
        states = merge([*states, *inner.continued])
    machine.iteration = outer
    if states and op.orelse:
        states = machine.run_block(op.orelse, states, frame, exits)
    return merge([*states, *done])


def hash_span(span: Span) -> int:
    return span.row * 1000 + span.column


def run_while(machine: Machine, op: ops.While, states: list[State], frame: Frame, exits: Exits) -> list[State]:
    results: list[State] = []
    tries = (each for each in walk(op.body) if isinstance(each, ops.Try))
    runs_out = any(takes_end(handler) for each in tries for handler in each.handlers)
    for state in states:
        enter = partial(_test, machine, op, frame, exits)
        results.extend(_loop(machine, op, state, frame, exits, enter, first_differs=runs_out))
    return merge(results)


def _loop(
    machine: Machine,
    op: ops.For | ops.While,
    state: State,
    frame: Frame,
    exits: Exits,
    enter: Callable[..., list[State]],
    *,
    first_differs: bool = False,
    least: int = 1,
    numbers: lasts.Numbers | None = None,
) -> list[State]:
    """A loop of unknown length. It is taken to run `least` times at least: the state that skips it counts only as not feasible. `enter` gives
    the states in which an iteration begins, and puts those that leave the loop there into a list. `first_differs`: the first element is one
    that no later iteration has, or a later iteration ends the loop in a way that the first does not. `numbers`: what it counts, if that is
    known."""
    before, state.changes = state.changes, set()
    left = exits.count()
    skipped = state.fork()
    skipped.feasible = False
    ends, settled, done = _iterations(
        machine, op, state, frame, exits, enter, first_differs=first_differs, least=least, numbers=numbers
    )
    if isinstance(op, ops.While):
        # A count may leave the loop in an iteration that was not followed: there its numbers are anything.
        ends = [each for each in [*ends, *settled] if _can_end(machine, op, each, frame)]
    after = merge(ends)
    if after and op.orelse:
        after = machine.run_block(op.orelse, after, frame, exits)
    if isinstance(op, ops.For) and not any(contained(each, skipped) for each in after):
        after.append(skipped)
    after = merge([*after, *done])
    exits.rebase(left, before)
    rebase(after, before)
    return after


def _iterations(
    machine: Machine,
    op: ops.For | ops.While,
    state: State,
    frame: Frame,
    exits: Exits,
    enter: Callable[..., list[State]],
    *,
    first_differs: bool,
    least: int,
    numbers: lasts.Numbers | None,
) -> tuple[list[State], list[State], list[State]]:
    """The states at the end of each iteration that may be the last, those of them that no other iteration follows, and those that left the
    loop on the way."""
    outer = machine.iteration
    key = ("element", frame.module, op.span, frame.context)
    seen = [(0, state.fork())]
    current = [state]
    ends: list[list[tuple[State, bool]]] = []
    repeated = PASSES
    settled: list[State] = []
    done: list[State] = []
    frame.loops += 1
    for number in range(PASSES):
        machine.iteration = (*outer, (hash_span(op.span), "first" if number == 0 else "later"))
        entering: list[State] = []
        for each in current:
            each.changes = set() if number == 0 else each.changes
            entering.extend(enter(each, done, first=number == 0))
        inner = Exits()
        finished = machine.run_block(op.body, entering, frame, inner)
        inner.pass_on(exits)
        done.extend(inner.broken)
        finished = merge([*finished, *inner.continued])
        if isinstance(op, ops.For):
            # No other iteration follows the one that a test said is the last.
            over = [lasts.is_last(each, key, numbers, first=number == 0) for each in finished]
            done.extend(each for each, is_over in zip(finished, over, strict=True) if is_over)
            finished = [each for each, is_over in zip(finished, over, strict=True) if not is_over]
        ends.append([(each.fork(), lasts.goes_on(each, numbers, first=number == 0)) for each in finished])
        current = []
        for each in finished:
            # What the numbers of the first iteration decided can be otherwise in a later one, also where nothing changed.
            widened = widen(machine, each, seen[0][1], key, op.body)
            goes_on = number == 0 and (widened or first_differs)
            began = None if goes_on else next((at for at, known in seen if contained(each, known)), None)
            if began is None and number < PASSES - 1:
                current.append(each)
                continue
            settled.append(each)
            # It goes on as from that iteration; what is not followed may end like any.
            repeated = min(repeated, began or 0)
        if not current:
            break
        seen.extend((number + 1, each.fork()) for each in current)
    machine.iteration = outer
    frame.loops -= 1
    possible = [end for number, each in enumerate(ends) if number + 1 >= least or number >= repeated for end in each]
    at_the_end = [end for end, goes_on in possible if not goes_on]
    return at_the_end if at_the_end or done else [end for end, _ in possible], settled, done


def _test(
    machine: Machine, op: ops.While, frame: Frame, exits: Exits, state: State, done: list[State], *, first: bool
) -> list[State]:
    entering = []
    for each in machine.run_block(op.test, [state], frame, exits):
        value = each.locals[op.condition]
        truth = guards.truth(machine, each, value)
        if truth is False:
            done.append(each)
        elif truth is None:
            if first:
                left = each.fork()
                if guards.assume(machine, left, value, truth=False):
                    left.feasible = False
                    done.append(left)
            if guards.assume(machine, each, value, truth=True):
                entering.append(each)
        else:
            entering.append(each)
    return entering


def _can_end(machine: Machine, op: ops.While, state: State, frame: Frame) -> bool:
    results = machine.run_block(op.test, [state], frame, Exits())
    return any(guards.truth(machine, each, each.locals[op.condition]) is not True for each in results)
