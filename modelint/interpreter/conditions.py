"""What was assumed of unknown values on the ways that lead to a state.

A *way* is a conjunction of literals: that a test was true or false, or that a value equals a constant. A state that several ways
lead to keeps them apart, so that flags which exclude each other go on doing so behind a join. Ways are never changed in place.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from modelint.interpreter.values import Key, parts_of

Way: TypeAlias = dict[Key, bool | Key]
Ways: TypeAlias = tuple[Way, ...]
ANY: Ways = ({},)
"""Nothing was assumed."""
WAYS = 4
"""Ways that a state keeps apart at most: of more, only what the last ones have in common is kept."""


def truth(ways: Ways, key: Key) -> bool | None:
    """Whether a test is true on every way, or false on every way."""
    first = _truth(ways[0], key)
    if first is None or any(_truth(way, key) is not first for way in ways[1:]):
        return None
    return first


def _truth(way: Way, key: Key) -> bool | None:
    known = way.get(key)
    return known if isinstance(known, bool) else _implied(way, key)


def _implied(way: Way, key: Key) -> bool | None:
    """What the parts of a test say of it."""
    head = key[0]
    if head == "not":
        inner = _truth(way, parts_of(key)[0])
        return None if inner is None else not inner
    if head in ("and", "or"):
        answers = [_truth(way, part) for part in parts_of(key)]
        decisive = head == "or"
        if decisive in answers:
            return decisive
        return None if None in answers else not decisive
    if _equates(key):
        equal = way.get(("equal", key[1]))
        if equal is not None:
            return equal == key[2]
    if head == "const":
        return bool(key[1])
    return None


def assume(ways: Ways, key: Key, *, truth: bool) -> Ways:
    """The ways on which a test is true (or false); none if that cannot be."""
    assumed = (_assume(way, key, truth=truth) for way in ways)
    return simplified([way for way in assumed if way is not None])


def _assume(way: Way, key: Key, *, truth: bool) -> Way | None:
    known = _truth(way, key)
    if known is not None:
        return way if known is truth else None
    head = key[0]
    if head == "not":
        return _assume(way, parts_of(key)[0], truth=not truth)
    if head == ("and" if truth else "or"):
        narrowed: Way | None = way
        for part in parts_of(key):
            narrowed = None if narrowed is None else _assume(narrowed, part, truth=truth)
        return narrowed
    if truth and _equates(key):
        constant = parts_of(key)[1]
        return _consistent({**way, ("equal", key[1]): constant}, key)
    return _consistent({**way, key: truth}, key)


def _consistent(way: Way, key: Key) -> Way | None:
    """None if what was assumed of a test as a whole contradicts what is now known of its parts, of which `key` is one."""
    wholes = [(whole, value) for whole, value in way.items() if whole[0] in ("and", "or")]
    if wholes:
        negated: Key = ("not", key)
        for whole, value in wholes:
            if (key in whole or negated in whole) and _implied(way, whole) is (not value):
                return None
    return way


def _equates(key: Key) -> bool:
    """The key is that of a comparison with a constant."""
    return key[0] in ("==", "is") and isinstance(key[2], tuple) and key[2][0] == "const"


def joined(some: Ways, others: Ways) -> Ways:
    """The ways that lead to one of two states."""
    return some if some is others else simplified([*some, *(way for way in others if way not in some)])


def both(some: Ways, others: Ways) -> Ways:
    """The ways on which what was assumed on one of `some` and on one of `others` holds; none if they exclude each other."""
    if some is ANY or some is others:
        return others
    united: list[Way] = []
    for way in some:
        for other in others:
            narrowed: Way | None = way
            for key, value in other.items():
                if narrowed is not None and way.get(key) != value:
                    narrowed = _with(narrowed, key, value)
            if narrowed is not None:
                united.append(narrowed)
    return simplified(united)


def _with(way: Way, key: Key, value: bool | Key) -> Way | None:
    """The way on which a literal holds too."""
    if isinstance(value, bool):
        return _assume(way, key, truth=value)
    return _assume(way, ("==", *key[1:], value), truth=True)


def forgotten(ways: Ways, keys: Iterable[Key]) -> Ways:
    """The ways without what was assumed about `keys`."""
    dropped = set(keys)
    if not any(key in dropped for way in ways for key in way):
        return ways
    return simplified([{key: value for key, value in way.items() if key not in dropped} for way in ways])


def simplified(ways: list[Way]) -> Ways:
    """The same, with ways united that differ in nothing, or only in that a test is true on one and false on the other."""
    kept: list[Way] = []
    for way in ways:
        _include(kept, way)
    while len(kept) > WAYS:
        last, other = kept.pop(), kept.pop()
        _include(kept, _common(last, other))
    return tuple(kept)


def _include(kept: list[Way], way: Way) -> None:
    for position, other in enumerate(kept):
        united = _united(other, way)
        if united is not None:
            del kept[position]
            return _include(kept, united)
    kept.append(way)
    return None


def _united(a: Way, b: Way) -> Way | None:
    """One way for two, if nothing is lost by it."""
    if len(a) > len(b):
        a, b = b, a
    common = _common(a, b)
    if len(common) == len(a):
        return a  # whatever b assumes besides
    if len(common) == len(a) - 1 == len(b) - 1:
        (key, value), (other, its) = (next((k, v) for k, v in way.items() if k not in common) for way in (a, b))
        if _opposite(key, value, other, its) or _opposite(other, its, key, value):
            return common
    return None


def _common(a: Way, b: Way) -> Way:
    return {key: value for key, value in a.items() if b.get(key) == value}


def _opposite(key: Key, value: bool | Key, other: Key, its: bool | Key) -> bool:
    if key == other:
        return isinstance(value, bool) and isinstance(its, bool)
    return key[0] == "equal" and its is False and _equates(other) and other[1:] == (key[1], value)


__all__ = ["ANY", "Way", "Ways", "assume", "both", "forgotten", "joined", "simplified", "truth"]
