"""`modelint probe`: run a program under hooks and judge what really happened."""

from __future__ import annotations

import functools
import os
import shlex
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from modelint.errors import UsageError

if TYPE_CHECKING:
    from modelint.diagnostics.diagnostic import Diagnostic
    from modelint.engine.probing import ScriptProbe, TimelineRow
    from modelint.probe.parent import Limits
    from modelint.report.record import Report

FORMATS = ("text", "json")
DEVICES = ("auto", "cpu", "cuda")
SHARE = 0.9
"""How much of the free memory a program may use if nothing is said."""


class _ProgramLast(click.Command):
    """Everything behind the script, or behind `-m MODULE`, belongs to the program."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        values = {
            name for option in self.params if isinstance(option, click.Option) and not option.is_flag for name in option.opts
        }
        position = 0
        while position < len(args) and args[position].startswith("-"):
            is_module = args[position].startswith(("-m", "--module"))
            position += 2 if args[position] in values else 1
            if is_module:
                args = [*args[:position], "--", *args[position:]]
                break
        return super().parse_args(ctx, args)


@click.command(cls=_ProgramLast, context_settings={"allow_interspersed_args": False})
@click.argument("program", nargs=-1, metavar="SCRIPT [ARGS]...", type=click.UNPROCESSED)
@click.option(
    "-m", "--module", metavar="NAME", help="Run this module, as `python -m` does; all that follows are its arguments."
)
@click.option("--steps", type=click.IntRange(min=1), default=20, metavar="N", help="Training steps to see. Default: 20.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=600.0,
    metavar="S",
    help="Stop the program after so many seconds, 0 for never. Default: 600.",
)
@click.option(
    "--memory",
    type=click.FloatRange(min=0),
    metavar="GB",
    help="Stop it when it uses more memory, 0 for no limit. Default: nine tenths of what is free.",
)
@click.option("--device", type=click.Choice(DEVICES), default="auto", help="`cpu` hides all GPUs; `cuda` insists on one.")
@click.option("--allow-network", is_flag=True, help="Hubs may download. If not given, libraries are told to stay offline.")
@click.option(
    "--against", type=click.Path(dir_okay=False, exists=True), help="Findings of `check --output-format json` to confirm."
)
@click.option("--timeline", is_flag=True, help="Also show the modes over time.")
@click.option("--output-format", type=click.Choice(FORMATS), default="text", help="How to report. Default: text.")
@click.option("--config", "config_file", type=click.Path(dir_okay=False), help="The configuration file to use.")
def command(program: tuple[str, ...], **given: Any) -> int:
    """Run a training SCRIPT under hooks, see a number of training steps and an inference, and judge what happened.

    The program runs as it would by itself, in a subprocess that ends when enough was seen. What it prints goes to standard
    error. Leaves with 0 if nothing was found, 1 if something was, 2 if modelint could not do its work.
    """
    from modelint.config.load import load_config
    from modelint.engine.probing import against, probe_script
    from modelint.files.paths import shown_path
    from modelint.probe.parent import OFFLINE, Limits, Program, python_command, require_machine

    if given["timeline"] and given["output_format"] != "text":
        raise UsageError("--timeline is text, and a report in another format has no place for it")
    script, arguments = _script(program, given["module"])
    require_machine(sys.executable, cuda=given["device"] == "cuda")
    config = load_config(script or ".", config_file=given["config_file"])
    variables = {} if given["allow_network"] else OFFLINE
    if given["device"] == "cpu":
        variables = {**variables, "CUDA_VISIBLE_DEVICES": ""}
    what = Program(
        command=python_command(sys.executable, script, given["module"], arguments),
        folder=os.getcwd(),
        variables=variables,
        shown=given["module"] or shown_path(os.path.abspath(script or ""), config.root),
    )
    offline = "" if given["allow_network"] else ", hubs offline"
    click.echo(f"modelint: runs {shlex.join(what.command)}{offline}", err=True)
    start = time.monotonic()
    limits = Limits(given["timeout"] or None, _memory(given["memory"]))
    probed = probe_script(what, config, limits, given["steps"], _echo, functools.partial(_waiting, limits, given["steps"]))
    click.echo(f"modelint: saw {probed.steps} training steps in {time.monotonic() - start:.1f} s", err=True)
    report = probed.report
    if given["against"]:
        report = against(_static(given["against"]), probed, config)
    _show(report, probed, given)
    return report.exit_code


def _memory(given: float | None) -> float | None:
    """The limit in gigabytes: what is asked for, else what leaves the machine alive."""
    from modelint.probe.processes import free_memory

    if given is not None:
        return given or None
    free = free_memory()
    return free * SHARE / 1e9 if free is not None else None


def _script(program: tuple[str, ...], module: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The script, None if there is a module, and the arguments of either."""
    if module is not None:
        return None, program
    if not program:
        raise UsageError("give a script to run, or -m MODULE")
    script, *arguments = program
    if not os.path.isfile(script) and not os.path.isfile(os.path.join(script, "__main__.py")):
        raise UsageError(f"{script}: there is no such file")
    if script.endswith(".ipynb"):
        raise UsageError(f"{script}: a notebook is no script; write it as one, as `jupyter nbconvert --to script` does")
    return script, tuple(arguments)


def _waiting(limits: Limits, wanted: int, seconds: float, steps: int, inferences: int) -> None:
    end = f"; stops it after {limits.seconds:.0f} s" if limits.seconds is not None else ""
    seen = f"{steps} of {wanted} training steps and {inferences} inferences"
    click.echo(f"modelint: after {seconds:.0f} s saw {seen}{end}", err=True)


def _echo(text: bytes) -> None:
    sys.stderr.buffer.write(text)
    sys.stderr.buffer.flush()


def _static(path: str) -> tuple[Diagnostic, ...]:
    from modelint.report.parse_json import parse

    with open(path, "rb") as file:
        return parse(file.read(), path)


def _show(report: Report, probed: ScriptProbe, given: dict[str, Any]) -> None:
    from modelint.cli.output import wants_color
    from modelint.report.render import RenderOptions, render

    if given["timeline"] and given["output_format"] == "text":
        click.echo("\n".join([*map(_row, probed.timeline), ""]))
    color = wants_color(os.environ, is_terminal=sys.stdout.isatty())
    click.echo(render(report, given["output_format"], RenderOptions(color=color)), nl=False, color=True)


def _row(row: TimelineRow) -> str:
    """`train.py:20  step      Net  dropout 1 train  (12 times)`."""
    moment = row.moment
    where = f"{row.site.path}:{row.site.span.row}" if row.site is not None else "?"
    times = f"  ({moment.count} times)" if moment.count > 1 else ""
    rank = f"[{row.rank}] " if row.rank else ""
    return f"{rank}{where:<24} {moment.what:<9} {moment.class_name}  {moment.details}{times}".rstrip()
