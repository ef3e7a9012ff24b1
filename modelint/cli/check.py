"""`modelint check`: run over files and folders and report."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click
import msgspec

from modelint.cli.output import wants_color, write_output
from modelint.config.schema import OUTPUT_FORMATS
from modelint.errors import UsageError
from modelint.report.render import RenderOptions, render

if TYPE_CHECKING:
    from modelint.config.schema import Config
    from modelint.engine.options import Options
    from modelint.report.record import Report

DEVICES = ("auto", "cpu", "cuda", "meta")
STDIN = "stdin.py"
"""What standard input is called if nobody says: relative imports and configuration are looked for beside it."""


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--select", metavar="RULES", help="Only these rules: codes, beginnings of codes, names or ALL, with commas.")
@click.option("--ignore", metavar="RULES", help="All but these rules.")
@click.option("--extend-select", metavar="RULES", help="These rules beside the selected ones.")
@click.option("--output-format", type=click.Choice(OUTPUT_FORMATS), help="How to report. Default: text.")
@click.option("--output-file", type=click.Path(dir_okay=False, writable=True), help="Write the report to this file.")
@click.option("--fix", "wants_fix", is_flag=True, help="Repair what can be repaired, then report the rest.")
@click.option("--diff", "wants_diff", is_flag=True, help="Show the repairs as a diff instead of the report; write nothing.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also the repairs that a reader should look at first.")
@click.option("--baseline", metavar="FILE", help="Report only what is not in this baseline.")
@click.option("--write-baseline", is_flag=True, help="Write what is found to the baseline first.")
@click.option("--statistics", is_flag=True, help="Count diagnostics by rule, and what was checked and left out.")
@click.option("--exit-zero", is_flag=True, help="Leave with 0 also if there are findings.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.option("--cache-dir", type=click.Path(file_okay=False), help="The cache's folder. Default: .modelint_cache.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes for reading files. Default: one per core.")
@click.option("--config", "config_file", type=click.Path(dir_okay=False), help="The configuration file to use.")
@click.option("--isolated", is_flag=True, help="Ignore all configuration files.")
@click.option("--min-confidence", type=click.Choice(("certain", "likely")), help="Report only what is at least this sure.")
@click.option("--stdin-filename", metavar="PATH", help="Where standard input stands, when PATHS is `-`.")
@click.option("--probe", "wants_probe", is_flag=True, help="Make the model of each finding in a subprocess and look at it.")
@click.option("--device", type=click.Choice(DEVICES), help="With --probe: where. `meta`: configurations only. Default: auto.")
@click.option(
    "--probe-timeout", type=click.FloatRange(min=0), metavar="S", help="Seconds for each model, 0: no limit. Default: 120."
)
@click.option(
    "--probe-memory", type=click.FloatRange(min=0), metavar="GB", help="Memory for each model, 0: no limit. Default: 8."
)
@click.option("--probe-input", metavar="MODULE:FUNCTION", help="A function of yours that gives inputs for the model.")
@click.option("--allow-network", is_flag=True, help="With --probe: loaders may download.")
@click.option("--trust-remote-code", is_flag=True, help="With --probe: run code that comes with a checkpoint.")
@click.option("--show-refuted", is_flag=True, help="With --probe: also show the findings that it refutes.")
def command(paths: tuple[str, ...], **given: Any) -> int:
    """Check PATHS, by default the current folder. `-` reads a program from standard input.

    Leaves with 0 if nothing was found, 1 if something was, 2 if modelint could not do its work. With --fix, what is left
    counts; with --diff, whether there is a difference.
    """
    from modelint.config.load import load_config
    from modelint.engine.options import Options

    _refuse_contradictions(paths, given)
    paths, contents = inputs(paths or (".",), given["stdin_filename"])
    config = load_config(paths[0], config_file=given["config_file"], isolated=given["isolated"])
    config = with_options(config, given)
    options = Options(jobs=given["jobs"] or 0, use_cache=not given["no_cache"], cache_dir=given["cache_dir"], contents=contents)
    report, failed = _report(paths, config, options, given)
    if report is None:
        return failed
    if given["baseline"] is not None:
        from modelint.cli.baseline import new_findings

        report = new_findings(report, config, given["baseline"], write=given["write_baseline"])
    if given["wants_probe"]:
        report = _looked_at(report, config, options, given)
    write_output(render(report, config.output_format, _render_options(config, given)), given["output_file"])
    code = failed or report.exit_code
    return 0 if given["exit_zero"] and code == 1 else code


def _render_options(config: Config, given: Mapping[str, Any]) -> RenderOptions:
    color = given["output_file"] is None and wants_color(os.environ, is_terminal=sys.stdout.isatty())
    if config.output_format != "sarif":
        return RenderOptions(color=color, statistics=given["statistics"])
    from modelint.judge.pack import load_rules

    return RenderOptions(rules=load_rules(config.plugins))


def _refuse_contradictions(paths: tuple[str, ...], given: Mapping[str, Any]) -> None:
    if given["wants_fix"] and given["wants_diff"]:
        raise UsageError("--fix and --diff exclude each other")
    if given["wants_fix"] and "-" in paths:
        raise UsageError("--fix cannot write to standard input; --diff shows the changes")
    if given["wants_probe"] and (given["wants_fix"] or given["wants_diff"]):
        raise UsageError("--probe looks at findings and does not repair them; run it without --fix and --diff")
    if ":" not in (given["probe_input"] or ":"):
        raise UsageError(f"--probe-input is MODULE:FUNCTION, and {given['probe_input']} names no function")
    for name in (
        "device",
        "probe_timeout",
        "probe_memory",
        "probe_input",
        "allow_network",
        "trust_remote_code",
        "show_refuted",
    ):
        if given[name] is not None and given[name] is not False and not given["wants_probe"]:
            raise UsageError(f"--{name.replace('_', '-')} needs --probe")
    if given["unsafe_fixes"] and not given["wants_fix"] and not given["wants_diff"]:
        raise UsageError("--unsafe-fixes needs --fix or --diff")
    if given["write_baseline"] and given["baseline"] is None:
        raise UsageError("--write-baseline needs --baseline FILE")
    if given["baseline"] is not None and (given["wants_fix"] or given["wants_diff"]):
        raise UsageError("--baseline excludes --fix and --diff, which make no difference between old and new findings")


def _report(paths: tuple[str, ...], config: Config, options: Options, given: Mapping[str, Any]) -> tuple[Report | None, int]:
    """The report, after fixing if that is asked for; None if the diff has been shown instead. And the exit code that goes before
    the report's, 0 if there is none."""
    if not given["wants_fix"] and not given["wants_diff"]:
        from modelint.engine.pipeline import check

        return check(paths, config, options), 0
    from modelint.cli.fixing import show_diff, told, write_files
    from modelint.engine.fixes import fix

    fixed = fix(paths, config, options, unsafe=given["unsafe_fixes"])
    failed = write_files(fixed.files) if given["wants_fix"] else {}
    for message in (*fixed.problems, *failed.values()):
        click.echo(f"modelint: {message}", err=True)
    click.echo(told(fixed, written=given["wants_fix"], failed=failed), err=True)
    code = 2 if failed or fixed.problems or fixed.report.exit_code == 2 else 0
    if given["wants_fix"]:
        return fixed.report, code
    show_diff(fixed.files, color=wants_color(os.environ, is_terminal=sys.stdout.isatty()))
    return None, code or int(bool(fixed.files) and not given["exit_zero"])


def _looked_at(report: Report, config: Config, options: Options, given: Mapping[str, Any]) -> Report:
    """The report with the probe's verdicts."""
    from modelint.engine.cache import FOLDER
    from modelint.engine.looking import LookOptions, look
    from modelint.probe.parent import require_machine

    require_machine(sys.executable, cuda=given["device"] == "cuda")
    limits = {"device": given["device"], "seconds": given["probe_timeout"], "gigabytes": given["probe_memory"]}
    chosen = LookOptions(
        **{name: value for name, value in limits.items() if value is not None},
        network=given["allow_network"],
        remote_code=given["trust_remote_code"],
        example=given["probe_input"] or "",
        show_refuted=given["show_refuted"],
        cache=(options.cache_dir or os.path.join(config.root, FOLDER)) if options.use_cache else None,
    )
    return look(report, config, chosen, lambda text: click.echo(f"modelint: {text}", err=True))


def with_options(config: Config, given: Mapping[str, Any]) -> Config:
    """The configuration with what the command line says instead."""
    changes: dict[str, Any] = {key: given[key] for key in ("output_format", "min_confidence") if given[key] is not None}
    for key in ("select", "ignore", "extend_select"):
        if given[key] is not None:
            changes[key] = tuple(word.strip() for word in given[key].split(",") if word.strip())
    return msgspec.structs.replace(config, **changes)


def inputs(paths: tuple[str, ...], stdin_filename: str | None) -> tuple[tuple[str, ...], dict[str, bytes]]:
    """The paths to check, and what stands in for files: `-` is a file of the name given, with the text of standard input."""
    if "-" not in paths:
        if stdin_filename is not None:
            raise UsageError("--stdin-filename needs `-` as the path")
        return paths, {}
    if len(paths) > 1:
        raise UsageError("`-` cannot be mixed with other paths")
    name = stdin_filename or STDIN
    return (name,), {os.path.abspath(name): sys.stdin.buffer.read()}
