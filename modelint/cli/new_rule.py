"""`modelint new-rule`: the skeleton of a rule, whose TODOs fail the page test until they are done."""

from __future__ import annotations

import os
import re

import click

from modelint.errors import UsageError

TEMPLATE = '''"""TODO: one line that says what is wrong, ending with a full stop.

## What it does

TODO

## Why is this bad?

TODO

## Example

```python
TODO  # expect: {code}
```

## Use instead

```python
TODO
```

## Fix safety

TODO

## References

TODO
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import Category, Finding, Rule, RuleContext, TrainingStep

RULE = Rule("{code}", "{name}", Category.{category}, since="TODO")


@RULE.on(TrainingStep)
def check(step: TrainingStep, context: RuleContext) -> Iterator[Finding]:
    yield from ()  # TODO
'''
_CATEGORIES = {"mode": "1", "save": "2"}


@click.command()
@click.argument("name")
@click.option("--category", type=click.Choice(tuple(_CATEGORIES)), default="mode", help="Default: mode.")
@click.option("--code", help="Default: the next free one of the category.")
@click.option("--pack", type=click.Path(file_okay=False), default="rules/modelint_rules", help="The rule pack's folder.")
def command(name: str, category: str, code: str | None, pack: str) -> int:
    """Write the skeleton of a rule called NAME, like `mode-method-not-called`: the bad pattern, not the remedy."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", name):
        raise UsageError(f'"{name}" is no rule name: write lower-case words with hyphens')
    if not os.path.isfile(os.path.join(pack, "__init__.py")):
        raise UsageError(f"{pack} is not the folder of a rule pack; name it with --pack")
    code = code or _next_code(pack, _CATEGORIES[category])
    path = os.path.join(pack, f"{code.lower()}_{name.replace('-', '_')}.py")
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(TEMPLATE.format(code=code, name=name, category=category.upper()))
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None
    click.echo(path)
    return 0


def _next_code(pack: str, digit: str) -> str:
    numbers = [int(match[1]) for file in os.listdir(pack) if (match := re.match(rf"ml({digit}[0-9][0-9])_", file))]
    return f"ML{max(numbers, default=int(digit) * 100) + 1}"
