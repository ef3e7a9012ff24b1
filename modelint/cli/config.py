"""`modelint config`: what a run would be told to do."""

from __future__ import annotations

import json

import click
import msgspec


@click.command()
@click.argument("path", default=".")
@click.option("--config", "config_file", type=click.Path(dir_okay=False), help="The configuration file to use.")
@click.option("--isolated", is_flag=True, help="Ignore all configuration files.")
def command(path: str, config_file: str | None, isolated: bool) -> int:
    """Print the effective configuration for PATH, by default the current folder."""
    from modelint.config.load import load_config

    config = load_config(path, config_file=config_file, isolated=isolated)
    values = msgspec.to_builtins(config)
    width = max(map(len, values))
    for key, value in values.items():
        click.echo(f"{key:<{width}} = {json.dumps(value, ensure_ascii=False)}")
    return 0
