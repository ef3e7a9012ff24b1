"""The shapes of hand-written programs: where the models live and which functions and methods work on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.oracle.grammar.setups import Setup
from tests.oracle.grammar.writer import Writer, indented

FLAGS = {"a": "'a' in sys.argv", "b": "'b' in sys.argv"}
ARGUMENTS = ", ".join(FLAGS.values())


def _script(writer: Writer, setup: Setup) -> list[str]:
    body = writer.block(replace(setup.scope, in_function=False), 4, 7)
    return ["\n".join([*(f"{name} = {value}" for name, value in FLAGS.items()), *setup.made, *body])]


def _function(writer: Writer, setup: Setup) -> list[str]:
    return [_main([*setup.made, *writer.block(setup.scope, 4, 7)]), _guarded(writer, f"main({ARGUMENTS})")]


def _functions(writer: Writer, setup: Setup) -> list[str]:
    """Functions that are handed models, optimizers and flags."""
    given = ", ".join([*setup.names, "a", "b"])
    parts = [
        "\n".join([f"def part{n}({given}):", *indented(writer.block(setup.scope, 1, 4))])
        for n in range(writer.choose.randint(2, 3))
    ]
    body = [*setup.made]
    for number in range(len(parts)):
        body += _perhaps_in_a_loop(writer, f"part{number}({given})")
    return [*parts, _main(body), _guarded(writer, f"main({ARGUMENTS})")]


def _class(writer: Writer, setup: Setup) -> list[str]:
    """A class that holds everything and whose methods call each other."""
    count = writer.choose.randint(2, 3)
    lines = ["class Trainer:", *_init(setup), *_methods(writer, setup, [f"part{number}" for number in range(count)])]
    lines += ["    def run(self):"]
    for number in range(count):
        lines += indented(_perhaps_in_a_loop(writer, f"self.part{number}()"), 2)
    return ["\n".join(lines), f"Trainer({ARGUMENTS}).run()"]


def _inherited_class(writer: Writer, setup: Setup) -> list[str]:
    """A base class that calls methods, some of which a derived class overrides and calls with `super()`."""
    lines = ["class Base:", *_init(setup), *_methods(writer, setup, ["train_epoch", "evaluate"])]
    lines += [
        "    def run(self):",
        "        for epoch in range(3):",
        "            self.train_epoch()",
        "            self.evaluate()",
    ]
    overridden = writer.choose.choice(["train_epoch", "evaluate"])
    derived = ["class Trainer(Base):", *_methods(writer, setup, [overridden])]
    if writer.perhaps(0.5):
        call = f"        super().{overridden}()"
        derived = [*derived[:2], call, *derived[2:]] if writer.perhaps(0.5) else [*derived[:-1], call]
    return ["\n".join(lines), "\n".join(derived).rstrip("\n"), f"Trainer({ARGUMENTS}).run()"]


def _module(writer: Writer, setup: Setup) -> list[str]:
    """A class that is a module and holds the models as parts."""
    lines = ["class Trainer(nn.Module):", *_init(setup, "        super().__init__()")]
    lines += _methods(writer, setup, ["part0", "part1"])
    lines += ["    def run(self):", *indented(_perhaps_in_a_loop(writer, "self.part0()"), 2)]
    whole = writer.choose.choice(["self.train()", "self.eval()", f"self.train({writer.flag(setup.as_attributes())})"])
    lines += indented([whole, *_perhaps_in_a_loop(writer, "self.part1()")], 2)
    return ["\n".join(lines), f"Trainer({ARGUMENTS}).run()"]


def _init(setup: Setup, *first: str) -> list[str]:
    kept = [f"self.{name} = {name}" for name in [*setup.names, "a", "b"]]
    return ["    def __init__(self, a, b):", *first, *indented([*setup.made, *kept], 2), ""]


def _methods(writer: Writer, setup: Setup, names: list[str]) -> list[str]:
    lines = []
    for name in names:
        lines += [f"    def {name}(self):", *indented(writer.block(setup.as_attributes(), 1, 4), 2), ""]
    return lines


def _main(body: list[str]) -> str:
    return "\n".join(["def main(a, b):", *indented(body)])


def _guarded(writer: Writer, call: str) -> str:
    return f'if __name__ == "__main__":\n    {call}' if writer.perhaps(0.5) else call


def _perhaps_in_a_loop(writer: Writer, call: str) -> list[str]:
    return [f"for {writer.name('i')} in range(3):", f"    {call}"] if writer.perhaps(0.5) else [call]


STYLES: dict[str, Callable[[Writer, Setup], list[str]]] = {
    "script": _script,
    "function": _function,
    "functions": _functions,
    "class": _class,
    "inherited class": _inherited_class,
    "module": _module,
}
