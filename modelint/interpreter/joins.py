"""How states become one: joined where they differ in nothing that matters to modes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from modelint.interpreter import conditions, splits
from modelint.interpreter.heap import Object
from modelint.interpreter.state import UNKNOWN_MODE, Gradients, Mode, State
from modelint.interpreter.values import (
    NOTHING,
    Data,
    Key,
    ModeValue,
    Range,
    Ref,
    Tuple,
    Value,
    choice,
    constant,
    join_data,
    options,
    provenance,
)


def join_values(a: Value, b: Value) -> Value:
    if a is b or a == b:
        return a
    if isinstance(a, Data) and type(b) is Data:
        return join_data(a, b)
    if isinstance(a, Tuple) and type(b) is Tuple:
        if len(a.items) == len(b.items):
            return Tuple(tuple(map(join_values, a.items, b.items)))
        return provenance((a, b))
    if isinstance(a, Range) and type(b) is Range:
        same_key, same_stop = (mine if mine == other else None for mine, other in ((a.key, b.key), (a.stop, b.stop)))
        return Range(join_values(a.start, b.start), min(a.least, b.least), same_key, same_stop)
    if isinstance(a, ModeValue) and type(b) is ModeValue and a.oid == b.oid:
        return ModeValue(a.oid, a.own.join(b.own), join_below(a.below, b.below))
    return choice((a, b))


def join_below(a: tuple[tuple[int, Mode], ...], b: tuple[tuple[int, Mode], ...]) -> tuple[tuple[int, Mode], ...]:
    modes = dict(a)
    for oid, mode in b:
        modes[oid] = modes[oid].join(mode) if oid in modes else mode
    return tuple(modes.items())


def join_objects(a: Object, b: Object) -> Object:
    attributes = dict(a.attributes)
    for name, value in b.attributes.items():
        attributes[name] = join_values(attributes[name], value) if name in attributes else value
    if a.items is not None and b.items is not None and len(a.items) == len(b.items):
        items: tuple[Value, ...] | None = tuple(map(join_values, a.items, b.items))
        rest = a.rest if b.rest is None else b.rest if a.rest is None else join_values(a.rest, b.rest)
    else:
        items = None
        elements = [*(a.items or ()), *(b.items or ()), *(v for v in (a.rest, b.rest) if v is not None)]
        rest = choice(elements) if elements else None
    return Object(
        a.kind,
        a.cls if a.cls is b.cls else a.cls or b.cls,
        attributes,
        items,
        rest,
        tuple(dict.fromkeys((*a.sensitive, *b.sensitive))),
        a.untouched,
    )


def same_modes(a: State, b: State) -> bool:
    """Whether the states agree on every mode that both know: then nothing that a rule looks at tells them apart."""
    if a.grad != b.grad or (a.exit is None) != (b.exit is None) or (a.exit and b.exit and a.exit[0] != b.exit[0]):
        return False
    mine, others = a.modes, b.modes
    for oid in a.changes | b.changes:
        mode, other = mine.get(oid), others.get(oid)
        if other is mode:
            continue
        if mode is None or other is None:
            if _mode_elsewhere(*((a, b) if other is None else (b, a)), oid) is not None:
                return False
        elif other.bits != mode.bits:
            return False
    return True


def _mode_elsewhere(state: State, other: State, oid: int) -> Mode | None:
    """The mode in another state of something unknown that only this one treats as a module; None where it is the same, or there is no such
    thing."""
    obj = state.heap.get(oid)
    if obj is None or obj.untouched is None:
        return None
    mode = other.mode_of(obj.untouched)
    return mode if mode.bits != state.modes[oid].bits and other.has(obj.untouched) else None


def same_models(a: State, b: State) -> bool:
    """Whether every name that holds a model in both states, and every attribute, holds the same one, and whether modules and containers
    have the same models in them; and likewise a mode that was read, which will be given back."""
    for name, value in a.locals.items():
        other = b.locals.get(name)
        if other is not value and _differ(a, b, value, other):
            return False
    for oid in a.changes | b.changes:
        mine, theirs = a.heap.get(oid), b.heap.get(oid)
        if mine is theirs or mine is None or theirs is None:
            continue
        if mine.kind in ("instance", "namespace", "cells") and not _same_by_name(a, b, mine, theirs):
            return False
        if (mine.kind in ("list", "dict") or oid in a.modes) and a.feasible and b.feasible:
            if _is_without(a, b, mine, theirs) or _is_without(a, b, theirs, mine):
                return False
    return True


def _same_by_name(a: State, b: State, mine: Object, theirs: Object) -> bool:
    for attribute, value in mine.attributes.items():
        other = theirs.attributes.get(attribute)
        if other is not value and _differ(a, b, value, other) and not _are_one_part(a, b, value, other):
            return False
    return True


def _is_without(a: State, b: State, holder: Object, other: Object) -> bool:
    """Whether a module or a container has no such model in it as another one has for sure, of those that both states know."""
    if holder.rest is not None or (holder.kind == "list" and holder.items is None):
        return False
    for name, value in (*other.attributes.items(), *enumerate(other.items or ())):
        if type(value) is Ref and value.oid in a.modes and value.oid in b.modes and value.oid not in holder.mentioned():
            if holder.kind == "list" or holder.attributes.get(name, NOTHING) == NOTHING:
                return True
    return False


def _differ(a: State, b: State, mine: Value, theirs: Value | None) -> bool:
    if type(mine) is Ref and type(theirs) is Ref:
        return mine.oid != theirs.oid and mine.oid in a.modes and theirs.oid in b.modes
    if type(mine) is ModeValue and type(theirs) is ModeValue:
        return mine.oid == theirs.oid and {mine.own.bits, theirs.own.bits} == {1, 2}
    return False


def _are_one_part(a: State, b: State, mine: Value, theirs: Value | None) -> bool:
    """Two parts made here, either of which an attribute may hold, are switched together as parts of the whole."""
    if type(mine) is not Ref or type(theirs) is not Ref:
        return False
    return _are_fresh(a, b, mine.oid, theirs.oid) and a.modes[mine.oid].bits == b.modes[theirs.oid].bits


def join_states(a: State, b: State) -> State:
    """The state that stands for both. Writes into `a`."""
    _join_locals(a, b)
    if a.stack is not b.stack:
        a.stack = tuple(_join_frames(a, b, mine, others) for mine, others in zip(a.stack, b.stack, strict=True))
    if a.facts != b.facts:
        a.facts = join_facts(a, b)
    a.changes |= b.changes
    for oid in a.changes:
        mode, mine_mode = b.modes.get(oid), a.modes.get(oid)
        if mine_mode is not mode:
            a.modes[oid] = _join_modes(a, b, oid)
        other, mine_object = b.heap.get(oid), a.heap.get(oid)
        if other is None or mine_object is other:
            continue
        a.heap[oid] = other if mine_object is None else join_objects(mine_object, other)
        a.owned.discard(oid)
    if a.pending != b.pending:
        a.pending = {oid: _join_gradients(a, b, oid) for oid in {**a.pending, **b.pending}}
    a.ways = conditions.joined(a.ways, b.ways)
    if a.grad != b.grad:
        a.grad = None
    if a.exit and b.exit:
        a.exit = (a.exit[0], join_values(a.exit[1], b.exit[1]))
    a.feasible = a.feasible or b.feasible
    a.error = a.error if a.error is b.error else None
    return a


def _join_modes(a: State, b: State, oid: int) -> Mode:
    """The mode that a module has in one of two states; what only one of them knows holds for both, unless it was switched there."""
    mine, other = a.modes.get(oid), b.modes.get(oid)
    if mine is not None and other is not None:
        return mine.join(other)
    known, state, without = (mine, a, b) if other is None else (other, b, a)
    if known is None:
        return UNKNOWN_MODE
    elsewhere = _mode_elsewhere(state, without, oid)
    return known if elsewhere is None else known.join(elsewhere)


def _join_gradients(a: State, b: State, oid: int) -> Gradients:
    """The gradients that one of two states has of a model, on the ways that led to it."""
    mine, others = a.pending.get(oid, {}), b.pending.get(oid, {})
    joined: Gradients = {}
    for each in {**mine, **others}:
        if mine.get(each) == others.get(each):
            joined[each] = mine[each]
            continue
        here, there = (
            conditions.both(given[each], state.ways) if each in given else () for given, state in ((mine, a), (others, b))
        )
        if ways := conditions.simplified([*here, *there]):
            joined[each] = ways
    return joined


def _join_locals(a: State, b: State) -> None:
    kept = {name: split for name, split in a.splits.items() if b.splits.get(name) == split} if a.splits else {}
    decided: dict[str | int, tuple[Value | None, Value | None, Value]] = {}
    answers: dict[str | int, Value] = {}
    for name, value in b.locals.items():
        own = a.locals.get(name)
        if own is not value:
            joined = value if own is None else join_values(own, value)
            if own is not None and own != value and splits.is_answer(own) and splits.is_answer(value):
                answers[name] = own
            elif (own is not None or type(name) is str) and (splits.is_worth_it(own) or splits.is_worth_it(value)):
                decided[name] = (own, value, joined)
            a.locals[name] = joined
    if len(a.locals) > len(b.locals):
        for name, value in a.locals.items():
            if name not in b.locals and type(name) is str and splits.is_worth_it(value):
                decided[name] = (value, None, value)
    test = splits.separating(a, b) if decided or answers else None
    if test is not None:
        kept.update({name: splits.of(test, *values, len(a.stack)) for name, values in decided.items()})
        for name, answer in answers.items():
            a.locals[name] = splits.answered(test, answer)
    a.splits = kept


def _join_frames(a: State, b: State, mine: dict[str | int, Value], others: dict[str | int, Value]) -> dict[str | int, Value]:
    """The variables of a caller, which a call may have narrowed in one way or another. Those that hold models stay as they are in one state:
    which of several go together would be lost."""
    if mine is others:
        return mine
    joined = {**others, **mine}
    for name, value in others.items():
        own = mine.get(name)
        if own is not None and own is not value and not _holds_model(a, own) and not _holds_model(b, value):
            joined[name] = join_values(own, value)
    return joined


def _holds_model(state: State, value: Value) -> bool:
    return any(type(each) is Ref and each.oid in state.modes for each in options(value))


def join_facts(a: State, b: State) -> dict[tuple[int, str], object]:
    """What is true of the objects of either state. Of an object that both have, what only one knows of its weights, or of its being frozen,
    holds on some paths only."""
    joined = dict(a.facts)
    for oid, what in a.facts.keys() ^ b.facts.keys():
        if what == "weights" and oid in a.heap and oid in b.heap:
            joined[oid, "untrained"] = True
        elif what == "frozen" and oid in a.heap and oid in b.heap:
            joined[oid, "frozen"] = _join_frozen(a, b, oid)
    for key, value in b.facts.items():
        mine = joined.get(key)
        if key[1] == "frozen" and key in a.facts:
            joined[key] = mine if mine == value else _join_frozen(a, b, key[0])
        elif key not in joined:
            joined[key] = value
        elif isinstance(mine, frozenset) and isinstance(value, frozenset):
            joined[key] = mine | value
    return joined


def _join_frozen(a: State, b: State, oid: int) -> bool | Key | None:
    """Whether a module is frozen in one of two states: if it is in one of them only, the test that tells them apart says so."""
    mine, other = a.frozen(oid), b.frozen(oid)
    if mine == other:
        return mine
    if not isinstance(mine, bool) or not isinstance(other, bool):
        return None
    test = splits.separating(a, b)
    return splits.answered(test, constant(not mine)).key if test is not None and splits.is_lasting(test[0]) else None


STATES = 8


def merge(states: list[State]) -> list[State]:
    """States with equal modes become one; of more than `STATES` those that are most alike are joined too, and then no mode is certain: which
    of several models a name holds does not go with their modes any more."""
    if len(states) < 2:
        return states
    kept: list[State] = []
    for state in states:
        for position, other in enumerate(kept):
            unify(other, state)
            if same_modes(other, state) and same_models(other, state):
                if other.feasible == state.feasible:
                    join_states(other, state)
                elif state.feasible:
                    kept[position] = state
                break
        else:
            kept.append(state)
    kept = _with_few_that_are_not_feasible(kept)
    while len(kept) > STATES:
        first, second = min(combinations(range(len(kept)), 2), key=lambda pair: _differences(kept[pair[0]], kept[pair[1]]))
        later = kept.pop(second)
        _leave_out_what_is_lost(kept[first], later)
        joined = join_states(kept[first], later)
        for oid in joined.changes & joined.modes.keys():
            joined.modes[oid] = joined.modes[oid]._replace(certain=False)
    return kept


def _way_out(state: State) -> str | None:
    """How the state left a block, if it did."""
    return state.exit[0] if state.exit else None


def _differences(a: State, b: State) -> tuple[bool, bool, int]:
    """How much is lost where two states become one: whether they left a block in different ways; whether just one is feasible, so that
    what the other one says of modes would count as if it were; and in how many modes they differ."""
    modes = ((a.modes.get(oid), b.modes.get(oid)) for oid in a.changes | b.changes)
    differing = sum(mine is not other and (mine is None or other is None or mine.bits != other.bits) for mine, other in modes)
    return _way_out(a) != _way_out(b), a.feasible != b.feasible, differing


def _leave_out_what_is_lost(a: State, b: State) -> None:
    """What nothing refers to in one of two states, and something does in the other, has the mode there that it has in this one."""
    differing = [
        oid for oid in a.changes | b.changes if oid in a.modes and oid in b.modes and a.modes[oid].bits != b.modes[oid].bits
    ]
    if differing:
        in_a, in_b = a.within_reach(), b.within_reach()
        for oid in differing:
            if oid in in_b and oid not in in_a and not a.heap.is_given(oid):
                a.modes[oid] = b.modes[oid]
            elif oid in in_a and oid not in in_b and not b.heap.is_given(oid):
                b.modes[oid] = a.modes[oid]


def _with_few_that_are_not_feasible(states: list[State]) -> list[State]:
    """No finding rests on a state in which a loop was skipped or a budget ended: what may have happened there is kept, and not which of it
    goes with which."""
    kept: list[State] = []
    homes: dict[tuple[object, bool | None], State] = {}
    for state in states:
        key = (_way_out(state), state.grad)
        if state.feasible or key not in homes:
            kept.append(state)
            if not state.feasible:
                homes[key] = state
        else:
            _leave_out_what_is_lost(homes[key], state)
            join_states(homes[key], state)
    return kept


def rebase(ends: list[State], before: set[int]) -> None:
    """Put back what was written before a region, for those that join the states with others later."""
    for end in ends[:-1]:
        end.changes = before | end.changes
    for end in ends[-1:]:
        before.update(end.changes)
        end.changes = before


def unify(a: State, b: State) -> None:
    """Names bound to different fresh modules on two paths (`A() if x else B()`) are one object with either's class: rename
    in `b` what only `b` has to what only `a` has. Parts of the same class under one name are one likewise."""
    pairs: list[tuple[Ref, Ref]] = []
    for name, value in b.locals.items():
        mine = a.locals.get(name)
        if type(mine) is Ref and type(value) is Ref and mine is not value:
            pairs.append((mine, value))
    while pairs:
        mine, theirs = pairs.pop()
        if _are_fresh(a, b, mine.oid, theirs.oid):
            _take_for(b, theirs.oid, mine.oid)
            own, other = a.heap[mine.oid].attributes, b.heap[mine.oid].attributes
            for attribute, value in other.items():
                part = own.get(attribute)
                if type(part) is Ref and type(value) is Ref and _same_class(a, b, part, value):
                    pairs.append((part, value))


def _are_fresh(a: State, b: State, mine: int, theirs: int) -> bool:
    """Two modules of which each state has one and knows nothing of the other."""
    if mine == theirs or theirs not in b.modes or mine not in a.modes:
        return False
    return theirs not in a.heap and mine not in b.heap and mine in a.heap and theirs in b.heap


def _same_class(a: State, b: State, mine: Ref, theirs: Ref) -> bool:
    one, other = a.heap.get(mine.oid), b.heap.get(theirs.oid)
    return one is not None and other is not None and one.cls is other.cls


def _take_for(state: State, old: int, new: int) -> None:
    """Give an object another identity."""
    state.heap[new] = state.heap.pop(old)
    state.changes.add(new)
    state.owned.discard(old)
    state.set_mode(new, state.modes.pop(old))
    for key in [key for key in state.facts if key[0] == old]:
        state.facts[new, key[1]] = state.facts.pop(key)
    state.rename(old, new)


def join_all(states: Iterable[State]) -> State | None:
    result: State | None = None
    for state in states:
        result = state if result is None else join_states(result, state)
    return result
