"""The `modelint` command: finds the subcommand and turns errors into a message and an exit code.

Exit codes: 0 nothing found, 1 findings, 2 usage, configuration or internal errors, 130 interrupted.
"""

from __future__ import annotations

import io
import sys
from importlib import import_module

import click

from modelint import __version__
from modelint.errors import ModelintError

COMMANDS = {
    "check": "Check files and folders.",
    "config": "Print the effective configuration.",
    "debug": "Show what the analysis sees.",
    "fix": "Fix what can be fixed.",
    "new-rule": "Write the skeleton of a rule.",
    "probe": "Run a program and judge what really happens.",
    "rule": "Print the page of a rule.",
    "timeline": "Show a file with the modes of its models.",
}


class _Commands(click.Group):
    """Subcommands by name; `modelint.cli.<name>` holds each as `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"modelint.cli.{cmd_name.replace('-', '_')}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="modelint", message="%(prog)s %(version)s")
def cli() -> None:
    """Finds PyTorch models that train or infer in the wrong mode, and saves that lose trained state."""


def main() -> None:
    """Run the command line and leave with its exit code. A reader that closed the pipe is click's business: it leaves quietly."""
    for stream in (sys.stdout, sys.stderr):
        # Source lines and paths may hold what the terminal's encoding cannot say.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(prog_name="modelint", standalone_mode=False)
    except ModelintError as error:
        code = _complain(str(error), error.exit_code)
    except click.exceptions.Exit as exit_:
        code = exit_.exit_code
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        code = _complain("interrupted", 130)
    sys.exit(code or 0)


def _complain(message: str, code: int) -> int:
    click.echo(f"modelint: {message}", err=True)
    return code
