"""Statements with a body: branches, loops, context managers, exceptions, closures, modes that are read and given back."""

from __future__ import annotations

from tests.oracle.grammar.helpers import MANAGERS
from tests.oracle.grammar.simple import INPUT, filled_in
from tests.oracle.grammar.writer import Production, Scope, Writer, indented

MOST_LOOPS = 2
STOP = """
class Stop(Exception):
    pass
"""


def branch(writer: Writer, scope: Scope) -> list[str]:
    writer.uses("if flag")
    lines = [f"if {writer.flag(scope)}:", *indented(writer.block(scope.inside()))]
    if writer.perhaps(0.2):
        writer.uses("elif")
        lines += [f"elif {writer.flag(scope)}:", *indented(writer.block(scope.inside(), 1, 2))]
    if writer.perhaps(0.5):
        lines += ["else:", *indented(writer.block(scope.inside()))]
    return lines


def correlated(writer: Writer, scope: Scope) -> list[str]:
    """The same flag decides twice."""
    writer.uses("correlated flags")
    flag, model = writer.flag(scope), writer.net(scope).name
    first, second = writer.choose.choice([("eval()", "train()"), ("train()", "eval()")])
    middle = writer.block(scope.inside(), 1, 2)
    return [f"if {flag}:", f"    {model}.{first}", *middle, f"if {flag}:", f"    {model}.{second}"]


def derived_flag(writer: Writer, scope: Scope) -> list[str]:
    writer.uses("flag made of flags")
    name = writer.name("flag")
    first, second = writer.flag(scope), writer.flag(scope)
    made = writer.choose.choice([f"{first}", f"{first} and {second}", f"{first} or {second}"])
    return [f"{name} = {made}", *writer.block(scope.inside(flags=(*scope.flags, name, name)), 2, 3)]


def loop(writer: Writer, scope: Scope) -> list[str]:
    body = scope.inside_a_loop()
    form = writer.choose.choice(["for loop"] * 5 + ["while loop", "while True", "loop with else"])
    writer.uses(form)
    if form in ("for loop", "loop with else"):
        lines = [f"for {writer.name('i')} in range(4):", *indented(writer.block(body, 2, 4))]
        return lines if form == "for loop" else [*lines, "else:", *indented(writer.block(scope.inside(), 1, 1))]
    count = writer.name("count")
    if form == "while loop":
        return [f"{count} = 0", f"while {count} < 4:", f"    {count} += 1", *indented(writer.block(body))]
    leaves = [f"    if {count} > 4:", "        break"]
    return [f"{count} = 0", "while True:", f"    {count} += 1", *leaves, *indented(writer.block(body))]


def every_nth(writer: Writer, scope: Scope) -> list[str]:
    """Something happens in some of the iterations."""
    writer.uses("every n steps")
    index = writer.name("i")
    body = scope.inside_a_loop()
    return [
        f"for {index} in range(5):",
        *indented(writer.block(body, 1, 2)),
        f"    if {index} % 2 == 1:",
        *indented(writer.block(body, 1, 2), 2),
        *indented(writer.block(body, 1, 1)),
    ]


def phases(writer: Writer, scope: Scope) -> list[str]:
    writer.uses("phases")
    net = writer.net(scope)
    if writer.perhaps(0.5):
        switch = [f"{net.name}.train(phase == 'train')"]
    else:
        switch = ["if phase == 'train':", f"    {net.name}.train()", "else:", f"    {net.name}.eval()"]
    return [
        "for phase in ['train', 'val']:",
        *indented(switch),
        "    with torch.set_grad_enabled(phase == 'train'):",
        f"        loss = {net.name}({INPUT}).pow(2).sum()",
        "    if phase == 'train':",
        f"        {net.optimizer}.zero_grad()",
        "        loss.backward()",
        f"        {net.optimizer}.step()",
        "    else:",
        "        print(loss.item())",
    ]


def manager(writer: Writer, scope: Scope) -> list[str]:
    name = writer.choose.choice(sorted(MANAGERS))
    used = MANAGERS[name]
    writer.uses(name, used.code)
    text = used.use.format(**filled_in(writer, scope))
    gradients = scope.gradients and used.keeps_gradients
    return [f"with {text}:", *indented(writer.block(scope.inside(gradients=gradients), 1, 2))]


def accumulate(writer: Writer, scope: Scope) -> list[str]:
    writer.uses("accumulate")
    model = writer.net(scope).name
    return [f"with {scope.accelerator}.accumulate({model}):", *indented(writer.block(scope.inside(), 1, 2))]


def attempt(writer: Writer, scope: Scope) -> list[str]:
    writer.uses("try", STOP)
    lines = [
        "try:",
        *indented(writer.block(scope.inside(trying=True), 1, 3)),
        f"except {writer.choose.choice(['Stop', 'Stop', 'Exception', '(Stop, ValueError)'])}:",
        *indented(writer.block(scope.inside(), 1, 1)),
    ]
    if writer.perhaps(0.25):
        writer.uses("try with else")
        lines += ["else:", *indented(writer.block(scope.inside(), 1, 1))]
    if writer.perhaps(0.4):
        writer.uses("finally")
        # An exit in a `finally` is allowed and swallows exceptions; nobody writes it.
        lines += ["finally:", *indented(writer.block(scope.inside(in_loop=False, in_function=False, trying=False), 1, 1))]
    return lines


def closure(writer: Writer, scope: Scope) -> list[str]:
    """A function over what is around it."""
    writer.uses("closure")
    name = writer.name("inner")
    body = writer.block(scope.inside(in_loop=False, in_function=True, trying=False), 1, 3)
    calls = [f"{name}()"] * writer.choose.randint(1, 2)
    return [f"def {name}():", *indented(body), *calls]


def restore(writer: Writer, scope: Scope) -> list[str]:
    writer.uses("mode read and given back")
    model = writer.net(scope).name
    before = writer.name("before")
    return [f"{before} = {model}.training", *writer.block(scope.inside(), 1, 2), f"{model}.train({before})"]


def mode_read(writer: Writer, scope: Scope) -> list[str]:
    writer.uses("branch on the mode")
    model = writer.net(scope).name
    return [f"if {writer.choose.choice(['', 'not '])}{model}.training:", *indented(writer.block(scope.inside(), 1, 2))]


def _trains(scope: Scope) -> bool:
    return scope.trains


def _can_loop(scope: Scope) -> bool:
    """Loops of loops of loops would take the interpreter to the end of its budget."""
    return scope.loops < MOST_LOOPS


COMPOUND = (
    Production(branch, 6, ("if flag", "elif")),
    Production(correlated, 2, ("correlated flags",)),
    Production(derived_flag, 1, ("flag made of flags",)),
    Production(loop, 6, ("for loop", "while loop", "while True", "loop with else"), _can_loop),
    Production(every_nth, 1, ("every n steps",), _can_loop),
    Production(phases, 2, ("phases",), _trains),
    Production(manager, 4, tuple(MANAGERS)),
    Production(accumulate, 4, ("accumulate",), lambda scope: bool(scope.accelerator)),
    Production(attempt, 3, ("try", "try with else", "finally")),
    Production(closure, 2, ("closure",)),
    Production(restore, 2, ("mode read and given back",)),
    Production(mode_read, 1, ("branch on the mode",)),
)
