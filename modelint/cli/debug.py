"""`modelint debug`: what the analysis sees."""

from __future__ import annotations

import os

import click

from modelint.errors import UsageError


@click.group()
def command() -> None:
    """Show what the analysis sees."""


@command.command()
@click.argument("file", type=click.Path())
def ir(file: str) -> int:
    """Print the intermediate representation of FILE."""
    from modelint.files.read import read
    from modelint.ir.pretty import pretty
    from modelint.lowering.module import lower
    from modelint.syntax.parse import ParseFailure, parse
    from modelint.text.source import SourceFile

    source = read(os.path.abspath(file), file)
    if not isinstance(source, SourceFile):
        raise UsageError(f"{file}: {getattr(source, 'message', 'not a Python program')}")
    try:
        tree = parse(source.text, file)
    except ParseFailure as failure:
        raise UsageError(f"{file}:{failure}") from None
    click.echo(pretty(lower(tree, source.text, file)), nl=False)
    return 0
