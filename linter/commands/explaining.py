"""`postlint explain`: a rule as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from linter.commands.shared import mistakes_shown, rule_options, workspace_of
from linter.errors import Mistake, MistakesError, nearest


@click.command()
@click.argument("rule_id", metavar="RULE")
@rule_options
def explain(rule_id: str, **options: Any) -> None:
    """Show what a rule asks, why, and its examples."""
    from linter.allowing import AMISS
    from linter.explain import amiss_page, page

    if rule_id in AMISS:
        click.echo(amiss_page(rule_id), nl=False)
        return
    with mistakes_shown():
        workspace = workspace_of(options)
        rules = {
            rule.id: rule
            for rule in workspace.rules_for(workspace.config_for(Path()), with_examples=True, all_rules=True)
        }
        if rule_id not in rules:
            raise MistakesError(
                [Mistake("explain", None, f"there is no rule `{rule_id}`{nearest(rule_id, rules)}")]
            )
        click.echo(page(rules[rule_id]), nl=False)
