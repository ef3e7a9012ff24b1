"""For tests of rules: run the whole engine over a program and compare it with what the program's comments expect.

    loss = f(model(x))       # expect: ML101                exactly this diagnostic on this line
    loss = f(model(x))       # expect: ML101[12] "in eval"  at this column, with this text in its message
    # expect+1: ML103, ML108                                on the line below (`expect-1`: above)
    model(x)                 # ok: ML104                    silence is meant here
    model(x)                 # expect-todo: ML104           a known miss; fails once it is found
    reveal_mode(model)       # reveals: {eval}              the modes that the analysis sees

Any diagnostic that no comment expects is a failure. Several comments may stand behind each other on a line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any, Literal, TypeAlias

from modelint.config.schema import Config
from modelint.diagnostics.diagnostic import Diagnostic
from modelint.engine.analysis import AnalysedFile, interpret
from modelint.engine.fixes import fix
from modelint.engine.options import Options
from modelint.engine.pipeline import check
from modelint.events import Event
from modelint.interpreter.emit import events_of
from modelint.interpreter.programs import Runner
from modelint.judge.pack import LoadedRule, load_rules
from modelint.lowering import lower
from modelint.program.modules import Resolver
from modelint.report.record import Report
from modelint.syntax.parse import parse
from modelint.text.source import SourceFile

Kind: TypeAlias = Literal["expect", "expect-todo", "ok", "reveals"]
REVEALED = "revealed-mode"
"""The name of the diagnostic that `reveal_mode` makes; its message ends with the modes."""
NEW_FILE = "example.py"

_MARK = re.compile(r"#\s*(expect-todo|expect|ok|reveals)([+-]\d+)?:")
_ITEM = re.compile(r'\s*([A-Z]+[0-9]+|[a-z]+(?:-[a-z]+)*)(?:\[(\d+)\])?(?:\s+"([^"]*)")?\s*(,|$|(?=#))')
_MODES = re.compile(r"\s*((?:[a-z_]+ )?\{[a-z, ]*\})")


@dataclass(frozen=True, slots=True)
class Expectation:
    """One item of a comment. `code` is a rule's code, or the name of a diagnostic without one; `column` 0 means any."""

    kind: Kind
    row: int
    code: str
    column: int = 0
    text: str = ""

    def matches(self, diagnostic: Diagnostic) -> bool:
        """Whether the diagnostic is the one that is meant."""
        return (
            diagnostic.span.row == self.row
            and self.code in (diagnostic.code, diagnostic.name)
            and self.column in (0, diagnostic.span.column)
            and self.text in diagnostic.message
        )


def check_source(text: str, **settings: Any) -> tuple[Diagnostic, ...]:
    """The diagnostics of a program that stands alone in an empty project; `settings` are fields of its `Config`."""
    with TemporaryDirectory() as root:
        path = os.path.join(root, NEW_FILE)
        options = Options(jobs=1, use_cache=False, contents={path: text.encode()}, folder=root)
        return check([path], Config(root=root, **settings), options).diagnostics


def fixed_source(text: str, **settings: Any) -> str:
    """A program that stands alone, after all its fixes, also the unsafe ones."""
    with TemporaryDirectory() as root:
        path = os.path.join(root, NEW_FILE)
        options = Options(jobs=1, use_cache=False, contents={path: text.encode()}, folder=root)
        changed = fix([path], Config(root=root, **settings), options, unsafe=True).files
        return changed[0].after.decode() if changed else text


def check_files(paths: list[str], config: Config) -> Report:
    """The report on files of the disk."""
    return check(paths, config, Options(jobs=1, use_cache=False, folder=config.root))


def events(text: str, **settings: Any) -> list[Event]:
    """What happens to the models of a program that stands alone. What breaks inside the interpreter is raised."""
    return events_of(_interpreted(text, settings).machine)


def reveals(text: str, **settings: Any) -> dict[int, dict[str, set[str]]]:
    """By the row of each `reveal_mode` that is reached, and by kind of layer, the modes that the analysis sees; `self` is the
    model's own flag."""
    log = _interpreted(text, settings).machine.log
    return {site.span.row: {kind: set(modes) for kind, modes in reveal.modes.items()} for site, reveal in log.reveals.items()}


def _interpreted(text: str, settings: dict[str, Any]) -> Runner:
    with TemporaryDirectory() as root:
        config = Config(root=root, **settings)
        load_rules(config.plugins)  # these bring the stubs
        path = os.path.join(root, NEW_FILE)
        file = AnalysedFile(SourceFile(path, path, text), lower(parse(text, path), text, path))
        return interpret([file], Resolver([path]), config, strict=True)


def expectations(text: str) -> list[Expectation]:
    """What the comments of a program expect. Raises ValueError for one that cannot be understood."""
    return [item for row, line in enumerate(text.split("\n"), start=1) for item in _of_line(line, row)]


def mismatches(text: str, diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    """What differs between the comments of a program and its diagnostics, as sentences; empty if all is as expected."""
    left = list(diagnostics)
    wrong = []
    for item in expectations(text):
        found = next((diagnostic for diagnostic in left if item.matches(diagnostic)), None)
        if found is not None and item.kind in ("expect", "reveals"):
            left.remove(found)
        elif found is not None and item.kind == "expect-todo":
            left.remove(found)
            wrong.append(f"line {item.row}: {item.code} is found now, make it an `expect`")
        elif found is None and item.kind in ("expect", "reveals"):
            wrong.append(f"line {item.row}: {_described(item)} is not found")
    wrong.extend(
        f"line {diagnostic.span.row}: unexpected {diagnostic.code or diagnostic.name}[{diagnostic.span.column}] "
        f'"{diagnostic.message}"'
        for diagnostic in left
    )
    return wrong


def page_mismatches(rule: LoadedRule) -> list[str]:
    """What differs between a rule's page and what the engine says about its examples."""
    wrong = []
    for number, example in enumerate(rule.page.examples, start=1):
        if not any(item.code == rule.rule.code for item in expectations(example)):
            wrong.append(f"Example {number} expects no {rule.rule.code}")
        wrong.extend(f"Example {number}, {text}" for text in mismatches(example, check_source(example)))
    for number, example in enumerate(rule.page.fixed_examples, start=1):
        wrong.extend(f"Use instead {number}, {text}" for text in mismatches(example, check_source(example)))
    return wrong


def _of_line(line: str, row: int) -> Iterator[Expectation]:
    marks = list(_MARK.finditer(line))
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        kind: Kind = mark[1]  # type: ignore[assignment]  # the pattern has these words only
        rest = line[mark.end() : following.start() if following else len(line)]
        target = row + int(mark[2] or 0)
        if kind == "reveals":
            yield _revealed(rest, target, row)
        else:
            yield from _items(rest, kind, target, row)


def _items(rest: str, kind: Kind, target: int, row: int) -> Iterator[Expectation]:
    position = 0
    rest = rest.rstrip()
    while position < len(rest) or position == 0:
        match = _ITEM.match(rest, position)
        if match is None:
            raise ValueError(f"line {row}: cannot understand the expectation {rest[position:].strip()!r}")
        yield Expectation(kind, target, match[1], int(match[2] or 0), match[3] or "")
        position = match.end()


def _revealed(rest: str, target: int, row: int) -> Expectation:
    match = _MODES.match(rest)
    if match is None:
        raise ValueError(f"line {row}: `reveals` must name modes like {{eval}} or {{eval, train}}")
    return Expectation("reveals", target, REVEALED, text=match[1])


def _described(item: Expectation) -> str:
    column = f"[{item.column}]" if item.column else ""
    text = f' "{item.text}"' if item.text else ""
    return f"{item.code}{column}{text}"
