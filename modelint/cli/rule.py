"""`modelint rule`: the pages of rules."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from modelint.errors import UsageError

if TYPE_CHECKING:
    from modelint.judge.pack import LoadedRule


@click.command()
@click.argument("name", required=False, metavar="CODE|NAME")
@click.option("--all", "everything", is_flag=True, help="All rules.")
@click.option("--output-format", type=click.Choice(("text", "json")), default="text", help="Default: text.")
@click.option("--config", "config_file", type=click.Path(dir_okay=False), help="The configuration that names the rule packs.")
def command(name: str | None, everything: bool, output_format: str, config_file: str | None) -> int:
    """Print the page of a rule: what it finds, why that is bad, an example."""
    from modelint.config.load import load_config
    from modelint.judge.pack import load_rules

    if (name is None) != everything:
        raise UsageError("give a rule's code or name, or --all")
    rules = load_rules(load_config(".", config_file=config_file).plugins)
    chosen = rules if name is None else (_chosen(rules, name),)
    if output_format == "json":
        objects = [_as_object(rule) for rule in chosen]
        click.echo(json.dumps(objects if everything else objects[0], indent=2))
    else:
        click.echo("\n".join(rule.markdown for rule in chosen), nl=False)
    return 0


def _chosen(rules: tuple[LoadedRule, ...], name: str) -> LoadedRule:
    from modelint.config.load import did_you_mean
    from modelint.judge.pack import find_rule

    rule = find_rule(rules, name)
    if rule is None:
        known = tuple(word for loaded in rules for word in (loaded.rule.code, loaded.rule.name))
        raise UsageError(f'there is no rule "{name}"{did_you_mean(name, known)}')
    return rule


def _as_object(loaded: LoadedRule) -> dict[str, Any]:
    rule = loaded.rule
    return {
        "code": rule.code,
        "name": rule.name,
        "category": rule.category.value,
        "since": rule.since,
        "summary": loaded.page.summary,
        "explanation": loaded.markdown,
    }
