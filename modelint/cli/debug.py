"""`modelint debug`: what the analysis sees."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from modelint.errors import UsageError

if TYPE_CHECKING:
    import ast

    from modelint.text.source import SourceFile


@click.group()
def command() -> None:
    """Show what the analysis sees."""


@command.command()
@click.argument("file", type=click.Path())
def ir(file: str) -> int:
    """Print the intermediate representation of FILE."""
    from modelint.ir.pretty import pretty
    from modelint.lowering.module import lower

    source, tree = _parsed(file)
    click.echo(pretty(lower(tree, source.text, file)), nl=False)
    return 0


@command.command()
@click.argument("file", type=click.Path())
def layers(file: str) -> int:
    """Print what is known of the layers of each model that FILE runs, and why where it is not known."""
    from modelint.config.load import load_config
    from modelint.engine.model_layers import model_layers
    from modelint.engine.options import Options
    from modelint.report.place import place

    _parsed(file)
    models = model_layers(file, load_config(file), Options())
    for model in models:
        of_class = f" of {model.class_name}" if model.class_name else ""
        nothing = "" if model.layers else ": no layer depends on the mode"
        click.echo(f"{place(file, model.cell, model.span)}: `{model.text}`{of_class}{nothing}")
        for layer in model.layers:
            why = f": {layer.reason}" if layer.reason else ""
            click.echo(f"    {layer.path or 'itself'}: {layer.kind}{why}")
    if not models:
        click.echo("No model runs there.")
    return 0


def _parsed(file: str) -> tuple[SourceFile, ast.Module]:
    """The file and its syntax tree. Raises UsageError if it cannot be read or does not parse."""
    from modelint.files.read import read
    from modelint.syntax.parse import ParseFailure, parse
    from modelint.text.source import SourceFile

    source = read(os.path.abspath(file), file)
    if not isinstance(source, SourceFile):
        raise UsageError(f"{file}: {getattr(source, 'message', 'not a Python program')}")
    try:
        return source, parse(source.text, file)
    except ParseFailure as failure:
        raise UsageError(f"{file}:{failure}") from None
