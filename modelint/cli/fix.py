"""`modelint fix`: show what would be repaired, or repair it."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from modelint.cli.check import inputs, with_options
from modelint.cli.fixing import show_diff, told, write_files
from modelint.cli.output import wants_color
from modelint.errors import UsageError


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--apply", is_flag=True, help="Write the files instead of showing the diff.")
@click.option("--unsafe-fixes", is_flag=True, help="Also the fixes that a reader should look at first.")
@click.option("--select", metavar="RULES", help="Only these rules: codes, beginnings of codes, names or ALL, with commas.")
@click.option("--ignore", metavar="RULES", help="All but these rules.")
@click.option("--extend-select", metavar="RULES", help="These rules beside the selected ones.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.option("--cache-dir", type=click.Path(file_okay=False), help="The cache's folder. Default: .modelint_cache.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes for reading files. Default: one per core.")
@click.option("--config", "config_file", type=click.Path(dir_okay=False), help="The configuration file to use.")
@click.option("--isolated", is_flag=True, help="Ignore all configuration files.")
@click.option("--min-confidence", type=click.Choice(("certain", "likely")), help="Fix only what is at least this sure.")
@click.option("--stdin-filename", metavar="PATH", help="Where standard input stands, when PATHS is `-`.")
def command(paths: tuple[str, ...], **given: Any) -> int:
    """Show as a diff how the findings in PATHS, by default the current folder, would be fixed; with --apply, fix them.

    A fix is shown or written only if its finding is gone then and no other appears. Leaves with 0 if nothing is left to find
    and, without --apply, nothing would change; 1 otherwise; 2 if a file could not be written or modelint could not do its work.
    """
    from modelint.config.load import load_config
    from modelint.engine.fixes import fix
    from modelint.engine.options import Options

    if given["apply"] and "-" in paths:
        raise UsageError("--apply cannot write to standard input; without it, the diff is shown")
    paths, contents = inputs(paths or (".",), given["stdin_filename"])
    config = load_config(paths[0], config_file=given["config_file"], isolated=given["isolated"])
    config = with_options(config, {"output_format": None, **given})
    options = Options(jobs=given["jobs"] or 0, use_cache=not given["no_cache"], cache_dir=given["cache_dir"], contents=contents)
    fixed = fix(paths, config, options, unsafe=given["unsafe_fixes"])
    if given["apply"]:
        failed = write_files(fixed.files)
    else:
        failed = {}
        show_diff(fixed.files, color=wants_color(os.environ, is_terminal=sys.stdout.isatty()))
    for message in (*fixed.problems, *failed.values()):
        click.echo(f"modelint: {message}", err=True)
    click.echo(told(fixed, written=given["apply"], failed=failed), err=True)
    if failed or fixed.problems:
        return 2
    return fixed.report.exit_code or int(bool(fixed.files) and not given["apply"])
