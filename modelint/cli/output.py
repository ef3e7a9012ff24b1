"""Where output goes, and whether it has colours."""

from __future__ import annotations

from collections.abc import Mapping

import click

from modelint.errors import UsageError


def wants_color(environment: Mapping[str, str], *, is_terminal: bool) -> bool:
    """Colours on a terminal, unless NO_COLOR or FORCE_COLOR says otherwise (https://no-color.org, https://force-color.org)."""
    if environment.get("NO_COLOR"):
        return False
    return bool(environment.get("FORCE_COLOR")) or (is_terminal and environment.get("TERM") != "dumb")


def write_output(text: str, output_file: str | None) -> None:
    """To standard output, or to the file."""
    if output_file is None:
        # The text has the colours that it should have; click would strip them by rules of its own.
        click.echo(text, nl=False, color=True)
        return
    try:
        with open(output_file, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"{output_file}: cannot be written: {error.strerror}") from None
