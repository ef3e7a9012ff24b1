"""What every production shares: the program in the making, the scope that a statement stands in, and the choice of statements."""

from __future__ import annotations

import random
import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

DEEPEST = 3


@dataclass(frozen=True)
class Net:
    """A model as statements name it. `optimizer` is empty where a framework has it; `parts` are texts behind the name."""

    name: str
    optimizer: str
    parts: tuple[str, ...] = ()

    @property
    def identifier(self) -> str:
        """What a variable for it can be called."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True)
class Scope:
    """Where statements are written: how they name things and which exits they may use. `gradients`: a forward records them;
    `loops`: how many are around, of which `in_loop` says that one can be left here."""

    nets: tuple[Net, ...]
    flags: tuple[str, ...]
    teacher: str = ""
    accelerator: str = ""
    in_loop: bool = False
    loops: int = 0
    in_function: bool = True
    trying: bool = False
    gradients: bool = True
    depth: int = 0

    def inside(self, **changes: Any) -> Scope:
        return replace(self, depth=self.depth + 1, **changes)

    def inside_a_loop(self) -> Scope:
        return self.inside(in_loop=True, loops=self.loops + 1)

    @property
    def trains(self) -> bool:
        """Whether a training step can stand here."""
        return self.gradients and all(net.optimizer for net in self.nets)


@dataclass(frozen=True)
class Production:
    """A kind of statement. `constructs`: what it may write, for the table of coverage; `fits`: where it can stand."""

    write: Callable[[Writer, Scope], list[str]]
    weight: int
    constructs: tuple[str, ...]
    fits: Callable[[Scope], bool] = lambda scope: True


@dataclass
class Writer:
    """One program in the making. `features` are the constructs in it, `support` is what stands at the top level for them.

    `budget` bounds the number of statements.
    """

    choose: random.Random
    simple: Sequence[Production]
    compound: Sequence[Production]
    features: Counter[str] = field(default_factory=Counter)
    support: dict[str, str] = field(default_factory=dict)
    needs: set[str] = field(default_factory=set)
    names: int = 0
    budget: int = 22

    def name(self, stem: str) -> str:
        self.names += 1
        return f"{stem}{self.names}"

    def uses(self, feature: str, code: str = "") -> None:
        self.features[feature] += 1
        if code:
            self.support.setdefault(feature, textwrap.dedent(code).strip("\n"))

    def perhaps(self, probability: float) -> bool:
        return self.choose.random() < probability

    def block(self, scope: Scope, least: int = 1, most: int = 3) -> list[str]:
        lines: list[str] = []
        for _ in range(self.choose.randint(least, most)):
            lines.extend(self.statement(scope))
        return lines

    def statement(self, scope: Scope) -> list[str]:
        self.budget -= 1
        nests = scope.depth < DEEPEST and self.budget > 0
        options = [each for each in (*self.simple, *(self.compound if nests else ())) if each.fits(scope)]
        chosen = self.choose.choices(options, [each.weight for each in options])[0]
        return chosen.write(self, scope)

    def net(self, scope: Scope) -> Net:
        return self.choose.choice(scope.nets)

    def flag(self, scope: Scope) -> str:
        flag = self.choose.choice(scope.flags)
        return self.choose.choice([flag, flag, f"not {flag}"])

    def mode(self) -> str:
        return self.choose.choice(["train()", "eval()"])


def indented(lines: list[str], times: int = 1) -> list[str]:
    return ["    " * times + line if line else line for line in lines]
