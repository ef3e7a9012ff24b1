"""Generates training programs from a seed: a grammar of the constructs that training code is written in.

A program has one or two models with their optimizers, in one of four styles (a function, a class that holds the models, a
script, functions that are handed everything), and a random composition of mode calls, training steps, inference, calls of
helpers, branches on two flags that nobody knows, loops, early exits, exceptions and context managers. It is run once for each
value of the flags, so that what can happen does happen, and loops run often enough to reach their end state: what the
interpreter says must then be what the runs together did, no more and no less.

By hand: `python -m tests.oracle.generate --from 0 --count 1000` prints failures, minimised, and the table of what was covered.
"""

from __future__ import annotations

import argparse
import random
import sys
import textwrap
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations

from tests.oracle.programs_on_disk import Program

HEADER = """\
# oracle: runs: none, a, b, a b
import copy
import functools
import sys
from contextlib import contextmanager

import torch
from torch import nn
"""

MODELS = {
    "sequential": ("nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3), nn.Dropout(0.5))", ""),
    "insensitive": ("nn.Sequential(nn.Linear(3, 3), nn.ReLU(), nn.LayerNorm(3))", ""),
    "parts": (
        "Parts()",
        """
        class Parts(nn.Module):
            def __init__(self):
                super().__init__()
                self.body = nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3))
                self.head = nn.Sequential(nn.Dropout(0.5), nn.Linear(3, 3))

            def forward(self, x):
                return self.head(self.body(x))
        """,
    ),
    "override": (
        "Frozen()",
        """
        class Frozen(nn.Module):
            def __init__(self):
                super().__init__()
                self.norm = nn.BatchNorm1d(3)
                self.drop = nn.Dropout(0.5)
                self.head = nn.Linear(3, 3)

            def forward(self, x):
                return self.head(self.drop(self.norm(x)))

            def train(self, mode=True):
                super().train(mode)
                self.norm.eval()
                return self
        """,
    ),
    "inherited": (
        "Child(2)",
        """
        class Parent(nn.Module):
            def __init__(self, count):
                super().__init__()
                self.blocks = nn.ModuleList([nn.Linear(3, 3) for _ in range(count)])
                self.build()

            def build(self):
                self.drop = nn.Identity()

            def forward(self, x):
                for block in self.blocks:
                    x = block(x)
                return self.drop(x)


        class Child(Parent):
            def build(self):
                self.drop = nn.Dropout(0.3)
        """,
    ),
    "wrapped": (
        "Wrapper(nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5)))",
        """
        class Wrapper(nn.Module):
            def __init__(self, module):
                super().__init__()
                self.module = module

            def forward(self, *args, **kwargs):
                return self.module(*args, **kwargs)
        """,
    ),
    "nested": (
        "Outer()",
        """
        class Inner(nn.Module):
            def __init__(self, p):
                super().__init__()
                self.layers = nn.ModuleDict({"linear": nn.Linear(3, 3), "drop": nn.Dropout(p)})

            def forward(self, x):
                return self.layers["drop"](self.layers["linear"](x))


        class Outer(nn.Module):
            def __init__(self):
                super().__init__()
                self.first = Inner(0.1)
                self.second = Inner(0.0)
                self.norm = nn.BatchNorm1d(3)

            def forward(self, x):
                return self.norm(self.second(self.first(x)))
        """,
    ),
    "factory": (
        "build(0.5)",
        """
        def build(p):
            layers = [nn.Linear(3, 3)]
            if p > 0:
                layers.append(nn.Dropout(p))
            return nn.Sequential(*layers)
        """,
    ),
    "copied": (
        "copy.deepcopy(ORIGINAL)",
        """
        ORIGINAL = nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5))
        ORIGINAL.eval()
        """,
    ),
}
PARTS = {
    "sequential": ("[1]", "[2]"),
    "parts": (".body", ".head"),
    "wrapped": (".module",),
    "nested": (".first", ".norm"),
    "inherited": (".drop",),
}

HELPERS = {
    "leaking evaluation": """
        def leak(net):
            net.eval()
            with torch.no_grad():
                return net(torch.ones(2, 3)).sum().item()
        """,
    "restoring evaluation": """
        def restore(net):
            before = net.training
            net.eval()
            with torch.no_grad():
                value = net(torch.ones(2, 3)).sum().item()
            net.train(before)
            return value
        """,
    "conditional restore": """
        def restore_if(net):
            before = net.training
            net.eval()
            with torch.no_grad():
                value = net(torch.ones(2, 3)).sum().item()
            if before:
                net.train()
            return value
        """,
    "try/finally evaluation": """
        def finally_train(net, stop):
            net.eval()
            try:
                with torch.inference_mode():
                    value = net(torch.ones(2, 3)).sum().item()
                if stop:
                    return 0.0
                return value
            finally:
                net.train()
        """,
    "early return": """
        def early(net, stop):
            net.eval()
            if stop:
                return
            net.train()
        """,
    "decorated evaluation": """
        def in_eval_mode(function):
            @functools.wraps(function)
            def wrapped(net, *args):
                before = net.training
                net.eval()
                result = function(net, *args)
                net.train(before)
                return result

            return wrapped


        @in_eval_mode
        @torch.no_grad()
        def decorated(net):
            return net(torch.ones(2, 3)).mean().item()
        """,
    "generator": """
        def predictions(net):
            net.eval()
            for _ in range(2):
                with torch.no_grad():
                    yield net(torch.ones(2, 3)).sum().item()
            net.train()
        """,
    "mode function": """
        def switch(nets, flag):
            for net in nets:
                net.train(flag)
        """,
    "recursion": """
        def descend(module, flag):
            for child in module.children():
                if isinstance(child, nn.Dropout):
                    child.train(flag)
                descend(child, flag)
        """,
}
CALLS = {
    "leaking evaluation": "leak({model})",
    "restoring evaluation": "restore({model})",
    "conditional restore": "restore_if({model})",
    "try/finally evaluation": "finally_train({model}, {flag})",
    "early return": "early({model}, {flag})",
    "decorated evaluation": "decorated({model})",
    "generator": "print(list(predictions({model})))",
    "mode function": "switch([{models}], {flag})",
    "recursion": "descend({model}, {literal})",
}
MANAGERS = {
    "class context": (
        "Evaluating({model})",
        """
        class Evaluating:
            def __init__(self, net):
                self.net = net

            def __enter__(self):
                self.before = self.net.training
                self.net.eval()
                return self.net

            def __exit__(self, *error):
                self.net.train(self.before)
        """,
    ),
    "generator context": (
        "evaluating({model})",
        """
        @contextmanager
        def evaluating(net):
            before = net.training
            net.eval()
            try:
                yield net
            finally:
                net.train(before)
        """,
    ),
    "generator context without finally": (
        "inferring({model})",
        """
        @contextmanager
        def inferring(net):
            net.eval()
            with torch.no_grad():
                yield
            net.train()
        """,
    ),
    "no_grad": ("torch.no_grad()", ""),
    "set_grad_enabled": ("torch.set_grad_enabled({flag})", ""),
}
MAY_BE_MEANT = {"recursion", "mode of a part"}
PREPARE = """
def prepare(net):
    net.eval().train()
"""
STOP = """
class Stop(Exception):
    pass
"""


@dataclass
class Scope:
    """Where statements are written: how they name things and which exits they may use."""

    models: list[str]
    optimizers: list[str]
    flags: list[str]
    kinds: list[str]
    in_loop: bool = False
    in_function: bool = True
    gradients: bool = True
    depth: int = 0
    trying: bool = False

    def inside(self, **changes: object) -> Scope:
        return Scope(**{**self.__dict__, "depth": self.depth + 1, **changes})  # type: ignore[arg-type]


@dataclass
class Writer:
    """One program in the making. `features` are the constructs in it, for the table of coverage."""

    choose: random.Random
    features: Counter[str] = field(default_factory=Counter)
    support: dict[str, str] = field(default_factory=dict)
    functions: list[str] = field(default_factory=list)
    names: int = 0
    budget: int = 22

    def name(self, stem: str) -> str:
        self.names += 1
        return f"{stem}{self.names}"

    def uses(self, feature: str, code: str = "") -> None:
        self.features[feature] += 1
        if code:
            self.support.setdefault(feature, textwrap.dedent(code).strip("\n"))

    # -- blocks
    def block(self, scope: Scope, least: int = 1, most: int = 3) -> list[str]:
        lines: list[str] = []
        for _ in range(self.choose.randint(least, most)):
            lines.extend(self.statement(scope))
        return lines or ["pass"]

    def statement(self, scope: Scope) -> list[str]:
        self.budget -= 1
        simple = [
            (self.mode_call, 4),
            (self.step, 5 if scope.gradients else 0),
            (self.inference, 3),
            (self.helper, 3),
            (self.part_call, 1),
            (self.exit, 2),
        ]
        compound = [
            (self.branch, 3),
            (self.loop, 3),
            (self.phases, 1 if scope.gradients else 0),
            (self.manager, 2),
            (self.attempt, 1),
            (self.function, 1),
            (self.restore, 1),
        ]
        options = simple + (compound if scope.depth < 3 and self.budget > 0 else [])
        write: Callable[[Scope], list[str]] = self.choose.choices([w for w, _ in options], [weight for _, weight in options])[0]
        return write(scope)

    def pick(self, scope: Scope) -> int:
        return self.choose.randrange(len(scope.models))

    # -- simple statements
    def mode_call(self, scope: Scope) -> list[str]:
        model = scope.models[self.pick(scope)]
        form = self.choose.choice(["train()", "eval()", "train()", "eval()", "train(False)", "train(flag)", "all"])
        if form == "train(flag)":
            self.uses("train(flag)")
            return [f"{model}.train({self.flag(scope)})"]
        if form == "all":
            self.uses("for over models")
            return [f"for each in ({', '.join(scope.models)},):", f"    each.{self.choose.choice(['train()', 'eval()'])}"]
        self.uses("mode call")
        return [f"{model}.{form}"]

    def flag(self, scope: Scope) -> str:
        flag = self.choose.choice(scope.flags)
        return self.choose.choice([flag, flag, f"not {flag}"])

    def part_call(self, scope: Scope) -> list[str]:
        number = self.pick(scope)
        parts = PARTS.get(scope.kinds[number])
        if not parts:
            return self.mode_call(scope)
        self.uses("mode of a part")
        return [f"{scope.models[number]}{self.choose.choice(parts)}.{self.choose.choice(['train()', 'eval()'])}"]

    def step(self, scope: Scope) -> list[str]:
        number = self.pick(scope)
        model, optimizer = scope.models[number], scope.optimizers[number]
        forward = f"{model}(torch.randn(2, 3))"
        if len(scope.models) > 1 and self.choose.random() < 0.25:
            self.uses("chained models")
            forward = f"{scope.models[1 - number]}({forward})"
        self.uses("training step")
        return [f"loss = {forward}.pow(2).sum()", f"{optimizer}.zero_grad()", "loss.backward()", f"{optimizer}.step()"]

    def inference(self, scope: Scope) -> list[str]:
        model = scope.models[self.pick(scope)]
        self.uses("inference")
        if not scope.gradients:
            return [f"print({model}(torch.ones(2, 3)).sum().item())"]
        guard = self.choose.choice(["torch.no_grad()", "torch.inference_mode()"])
        return [f"with {guard}:", f"    print({model}(torch.ones(2, 3)).sum().item())"]

    def helper(self, scope: Scope) -> list[str]:
        name = self.choose.choice(sorted(HELPERS))
        self.uses(name, HELPERS[name])
        given = {"model": scope.models[self.pick(scope)], "models": ", ".join(scope.models), "flag": self.flag(scope)}
        return [CALLS[name].format(**given, literal=self.choose.choice(["True", "False"]))]

    def exit(self, scope: Scope) -> list[str]:
        ways = (
            (["break", "continue"] if scope.in_loop else [])
            + (["return"] if scope.in_function else [])
            + (["raise Stop"] if scope.trying else [])
        )
        if not ways:
            return self.mode_call(scope)
        way = self.choose.choice(ways)
        self.uses(way.partition(" ")[0])
        return [f"if {self.flag(scope)}:", f"    {way}"]

    # -- compound statements
    def branch(self, scope: Scope) -> list[str]:
        self.uses("if flag")
        lines = [f"if {self.flag(scope)}:", *indented(self.block(scope.inside()))]
        if self.choose.random() < 0.5:
            lines += ["else:", *indented(self.block(scope.inside()))]
        return lines

    def loop(self, scope: Scope) -> list[str]:
        body = scope.inside(in_loop=True)
        if self.choose.random() < 0.25:
            self.uses("while loop")
            counter = self.name("count")
            return [f"{counter} = 0", f"while {counter} < 4:", f"    {counter} += 1", *indented(self.block(body))]
        self.uses("for loop")
        return [f"for {self.name('i')} in range(4):", *indented(self.block(body, 2, 4))]

    def phases(self, scope: Scope) -> list[str]:
        self.uses("phases")
        number = self.pick(scope)
        model, optimizer = scope.models[number], scope.optimizers[number]
        if self.choose.random() < 0.5:
            switch = [f"{model}.train(phase == 'train')"]
        else:
            switch = ["if phase == 'train':", f"    {model}.train()", "else:", f"    {model}.eval()"]
        return [
            "for phase in ['train', 'val']:",
            *indented(switch),
            "    with torch.set_grad_enabled(phase == 'train'):",
            f"        loss = {model}(torch.randn(2, 3)).pow(2).sum()",
            "    if phase == 'train':",
            *indented(indented([f"{optimizer}.zero_grad()", "loss.backward()", f"{optimizer}.step()"])),
            "    else:",
            "        print(loss.item())",
        ]

    def manager(self, scope: Scope) -> list[str]:
        name = self.choose.choice(sorted(MANAGERS))
        text, code = MANAGERS[name]
        self.uses(name, code)
        text = text.format(model=scope.models[self.pick(scope)], flag=self.flag(scope))
        gradients = scope.gradients and name not in ("no_grad", "set_grad_enabled", "generator context without finally")
        return [f"with {text}:", *indented(self.block(scope.inside(gradients=gradients), 1, 2))]

    def attempt(self, scope: Scope) -> list[str]:
        self.uses("try", STOP)
        lines = [
            "try:",
            *indented(self.block(scope.inside(trying=True), 1, 3)),
            "except Stop:",
            *indented(self.block(scope.inside(), 1, 1)),
        ]
        if self.choose.random() < 0.4:
            self.uses("finally")
            # An exit in a `finally` is allowed and swallows exceptions; nobody writes it.
            lines += ["finally:", *indented(self.block(scope.inside(in_loop=False, in_function=False, trying=False), 1, 1))]
        return lines

    def function(self, scope: Scope) -> list[str]:
        """A closure over what is around it."""
        self.uses("closure")
        name = self.name("inner")
        body = self.block(scope.inside(in_loop=False, in_function=True, trying=False), 1, 3)
        calls = [f"{name}()"] * self.choose.randint(1, 2)
        return [f"def {name}():", *indented(body), *calls]

    def restore(self, scope: Scope) -> list[str]:
        self.uses("mode read and given back")
        model = scope.models[self.pick(scope)]
        before = self.name("before")
        return [f"{before} = {model}.training", *self.block(scope.inside(), 1, 2), f"{model}.train({before})"]


def indented(lines: list[str]) -> list[str]:
    return [f"    {line}" if line else line for line in lines]


def program(seed: int) -> tuple[Program, Counter[str]]:
    """The program of a seed and the constructs in it."""
    writer = Writer(random.Random(seed))
    choose = writer.choose
    kinds = [choose.choice(sorted(MODELS)) for _ in range(choose.choice([1, 1, 2]))]
    style = choose.choice(["function", "class", "script", "functions"])
    writer.uses(f"style: {style}")
    writer.support["prepare"] = PREPARE.strip("\n")
    for kind in kinds:
        writer.uses(f"model: {kind}", MODELS[kind][1])
    models = ["model", "other"][: len(kinds)]
    optimizers = ["optimizer", "other_optimizer"][: len(kinds)]
    made = []
    for name, optimizer, kind in zip(models, optimizers, kinds, strict=True):
        maker = choose.choice(["torch.optim.SGD", "torch.optim.Adam"])
        # Two mode calls elsewhere: an `eval()` that were the only one would be taken to be meant.
        made += [f"{name} = {MODELS[kind][0]}", f"{optimizer} = {maker}({name}.parameters(), lr=0.01)", f"prepare({name})"]
    main = STYLES[style](writer, models, optimizers, kinds, made)
    intent = "# oracle: intent\n" if writer.features.keys() & MAY_BE_MEANT else ""
    parts = [intent + HEADER.rstrip("\n"), *writer.support.values(), *main]
    text = "\n\n\n".join(parts) + "\n"
    return Program(f"generated_{seed}", {"program.py": text}, "program.py"), writer.features


FLAGS = ["a = 'a' in sys.argv", "b = 'b' in sys.argv"]


def _in_function(writer: Writer, models: list[str], optimizers: list[str], kinds: list[str], made: list[str]) -> list[str]:
    body = [*made, *writer.block(Scope(models, optimizers, ["a", "b"], kinds), 4, 7)]
    return ["\n".join(["def main(a, b):", *indented(body)]), "main('a' in sys.argv, 'b' in sys.argv)"]


def _in_script(writer: Writer, models: list[str], optimizers: list[str], kinds: list[str], made: list[str]) -> list[str]:
    return ["\n".join([*FLAGS, *made, *writer.block(Scope(models, optimizers, ["a", "b"], kinds, in_function=False), 4, 7)])]


def _in_functions(writer: Writer, models: list[str], optimizers: list[str], kinds: list[str], made: list[str]) -> list[str]:
    """Functions that are handed models, optimizers and flags."""
    given = ", ".join([*models, *optimizers, "a", "b"])
    scope = Scope(models, optimizers, ["a", "b"], kinds)
    parts = [
        "\n".join([f"def part{n}({given}):", *indented(writer.block(scope, 1, 4))]) for n in range(writer.choose.randint(2, 3))
    ]
    body = [*made]
    for number in range(len(parts)):
        body += _perhaps_in_a_loop(writer, f"part{number}({given})")
    return [*parts, "\n".join(["def main(a, b):", *indented(body)]), "main('a' in sys.argv, 'b' in sys.argv)"]


def _in_class(writer: Writer, models: list[str], optimizers: list[str], kinds: list[str], made: list[str]) -> list[str]:
    """A class that holds everything and whose methods call each other."""
    scope = Scope([f"self.{m}" for m in models], [f"self.{o}" for o in optimizers], ["self.a", "self.b"], kinds)
    kept = [f"self.{name} = {name}" for name in [*models, *optimizers, "a", "b"]]
    lines = ["class Trainer:", "    def __init__(self, a, b):", *indented(indented([*made, *kept])), ""]
    count = writer.choose.randint(2, 3)
    for number in range(count):
        lines += [f"    def part{number}(self):", *indented(indented(writer.block(scope, 1, 4))), ""]
    lines += ["    def run(self):"]
    for number in range(count):
        lines += indented(indented(_perhaps_in_a_loop(writer, f"self.part{number}()")))
    return ["\n".join(lines), "Trainer('a' in sys.argv, 'b' in sys.argv).run()"]


def _perhaps_in_a_loop(writer: Writer, call: str) -> list[str]:
    return [f"for {writer.name('i')} in range(3):", f"    {call}"] if writer.choose.random() < 0.5 else [call]


STYLES: dict[str, Callable[..., list[str]]] = {
    "function": _in_function,
    "script": _in_script,
    "functions": _in_functions,
    "class": _in_class,
}


# ------------------------------------------------------------------ by hand
def main(arguments: list[str]) -> int:
    from tests.oracle.compare import compare
    from tests.oracle.minimise import minimised

    parser = argparse.ArgumentParser(description="Generates programs and prints where the interpreter and execution disagree.")
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--minimise", type=int, default=3, metavar="N", help="how many failures to minimise")
    parser.add_argument("--print", action="store_true", help="print the programs and do nothing else")
    options = parser.parse_args(arguments)
    covered: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    kinds: Counter[str] = Counter()
    failed, forwards, wrong = [], 0, 0
    for seed in range(options.first, options.first + options.count):
        generated, features = program(seed)
        if options.print:
            print(generated.files["program.py"])
            continue
        covered.update(features.keys())
        pairs.update(combinations(sorted(features), 2))
        comparison = compare(generated, judged=False)
        forwards, wrong = forwards + comparison.forwards, wrong + comparison.wrong
        kinds.update(comparison.kinds)
        if comparison.problems:
            failed.append(seed)
            if len(failed) <= options.minimise:
                small = minimised(generated, comparison)
                print(f"==== seed {seed}\n{small.program.files['program.py']}\n{small}\n", flush=True)
            else:
                print(f"seed {seed}: {sorted(comparison.kinds)} {comparison.problems[0][1]}", flush=True)
    print(f"{options.count} programs, {forwards} forwards, {wrong} wrong, {len(failed)} programs disagree ({dict(kinds)})")
    for feature, count in sorted(covered.items()):
        print(f"  {feature:40} {count}")
    print(f"  {len(pairs)} of {len(covered) * (len(covered) - 1) // 2} pairs")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
