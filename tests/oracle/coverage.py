"""Which constructs, and which pairs of them, the generated programs have: `python -m tests.oracle.generate --coverage --count 1000`
prints the table that docs/oracle.md shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from tests.oracle.grammar.programs import GROUPS, program
from tests.oracle.grammar.setups import OPTIMIZERS, TEACHERS
from tests.oracle.grammar.transformers import OVERRIDES

ALONE = ("family", "style", "files")
"""Groups of which a program has one construct."""
EXCLUSIVE = [set(TEACHERS), set(OVERRIDES), *({"one optimizer for all", kind} for kind in OPTIMIZERS)]
BY_FAMILY = {"Lightning": "family: Lightning", "transformers": "family: transformers"}
BY_HAND = ("style", "setup")
OF_HAND_WRITTEN = {"accumulate", "unwrap_model", "step towards a teacher", "chained models"}
"""Statements that need what only the setup of a hand-written program has: accelerate, a teacher, two models."""
Pair = tuple[str, str]


def group_of(construct: str) -> str:
    return next(group for group, constructs in GROUPS.items() if construct in constructs)


def constructs() -> list[str]:
    return list(dict.fromkeys(name for names in GROUPS.values() for name in names))


def pairs() -> list[Pair]:
    return list(combinations(constructs(), 2))


def excludes(pair: Pair) -> bool:
    """Whether no program can have both, by the families that they belong to."""
    groups = [group_of(construct) for construct in pair]
    if groups[0] == groups[1] in ALONE or any(set(pair) <= names for names in EXCLUSIVE):
        return True
    families = [families_of(construct, group) for construct, group in zip(pair, groups, strict=True)]
    return not families[0] & families[1]


def families_of(construct: str, group: str) -> set[str]:
    every = set(GROUPS["family"])
    if construct in every:
        return {construct}
    if construct == "steps by hand after a trainer":
        return every - {"family: by hand"}
    if group in BY_FAMILY:
        return {BY_FAMILY[group]}
    return {"family: by hand"} if group in BY_HAND or construct in OF_HAND_WRITTEN else every


def counted(seeds: Iterable[int]) -> tuple[Counter[str], Counter[Pair]]:
    """By construct and by pair, in the order of the grammar, the programs that have it."""
    order = {construct: number for number, construct in enumerate(constructs())}
    single: Counter[str] = Counter()
    double: Counter[Pair] = Counter()
    for seed in seeds:
        found = sorted(program(seed)[1], key=order.__getitem__)
        single.update(found)
        double.update(combinations(found, 2))
    return single, double


def table(seeds: Iterable[int]) -> str:
    """By group, each construct with the programs that have it and the other constructs that it occurs with."""
    single, double = counted(seeds)
    possible = [pair for pair in pairs() if not excludes(pair)]
    missing = [pair for pair in possible if not double[pair]]
    lines = ["| group | construct (programs that have it) |", "|---|---|"]
    for group, names in GROUPS.items():
        each = ", ".join(f"{name.partition(': ')[2] or name} ({single[name]})" for name in names)
        lines.append(f"| {group} | {each} |")
    total = len(pairs())
    lines += [
        "",
        f"{len(constructs())} constructs make {total} pairs. {total - len(possible)} of them exclude each other: two families, two styles,",
        f"two layouts, or constructs of different families. Of the other {len(possible)} pairs {len(possible) - len(missing)} occur in one",
        f"program, and {len(missing)} are possible and do not occur:",
        "",
    ]
    partners: dict[str, list[str]] = {}
    for first, second in missing:
        rarer, other = sorted((first, second), key=lambda name: single[name])
        partners.setdefault(rarer, []).append(other)
    for construct, others in sorted(partners.items(), key=lambda item: -len(item[1])):
        lines.append(f"- {construct}: {', '.join(others)}")
    return "\n".join(lines)
