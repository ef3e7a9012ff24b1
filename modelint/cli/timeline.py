"""`modelint timeline`: a file with the modes of its models."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from modelint.cli.check import inputs
from modelint.cli.output import wants_color, write_output
from modelint.errors import UsageError

if TYPE_CHECKING:
    from modelint.report.timeline import Timeline


@click.command()
@click.argument("file", type=click.Path())
@click.option("--html", "wants_html", is_flag=True, help="As a web page that needs nothing else.")
@click.option("--output-file", type=click.Path(dir_okay=False, writable=True), help="Write to this file.")
@click.option("--config", "config_file", type=click.Path(dir_okay=False), help="The configuration file to use.")
@click.option("--isolated", is_flag=True, help="Ignore all configuration files.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.option("--stdin-filename", metavar="PATH", help="Where standard input stands, when FILE is `-`.")
def command(
    file: str,
    wants_html: bool,
    output_file: str | None,
    config_file: str | None,
    isolated: bool,
    no_cache: bool,
    stdin_filename: str | None,
) -> int:
    """Show FILE with the mode of each of its models in the margin, after each line has run, and with the findings.

    T is train mode, E eval mode, M either of them by the way that leads to the line, ? not known. A part has a lane of its own
    where it is in another mode than its whole. Leaves with 0, also if there are findings; 1 if a cell of a notebook does not
    parse; 2 if FILE cannot be read or does not parse.
    """
    from modelint.config.load import load_config
    from modelint.engine.options import Options
    from modelint.engine.timeline import timeline

    if os.path.isdir(file):
        raise UsageError(f"{file}: a folder; give one file")
    [path], contents = inputs((file,), stdin_filename)
    config = load_config(path, config_file=config_file, isolated=isolated)
    result = timeline(path, config, Options(use_cache=not no_cache, contents=contents))
    code = _complain(result)
    write_output(_rendered(result, wants_html=wants_html, color=output_file is None), output_file)
    return code


def _rendered(timeline: Timeline, *, wants_html: bool, color: bool) -> str:
    if wants_html:
        from modelint.report.timeline_html import render as render_html

        return render_html(timeline)
    from modelint.report.timeline import render

    return render(timeline, color=color and wants_color(os.environ, is_terminal=sys.stdout.isatty()))


def _complain(timeline: Timeline) -> int:
    """Say what the timeline lacks: what did not parse or broke. The exit code that this asks for."""
    from modelint.files.inputs import SYNTAX_ERROR
    from modelint.report.place import place
    from modelint.report.record import INTERNAL_ERROR

    code = 0
    for diagnostic in timeline.report.diagnostics:
        if diagnostic.name in (SYNTAX_ERROR, INTERNAL_ERROR):
            where = place(diagnostic.filename, diagnostic.cell, diagnostic.span)
            click.echo(f"modelint: {where}: {diagnostic.message}", err=True)
            code = max(code, 2 if diagnostic.name == INTERNAL_ERROR else 1)
    return code
