"""`postlint init` and `postlint schema`: a first configuration, and what helps an editor to complete it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from linter.commands.shared import mistakes_shown
from linter.formats.format import safe


@click.command()
def init() -> None:
    """Write a commented .postlint.yaml here, never over one that is there, and show the lines for the hook."""
    from linter.config import find_config
    from linter.setting_up import HOOK, write_config

    above = find_config(Path())
    with mistakes_shown():
        path, posts = write_config(Path())
    where = "this folder" if posts == "." else f"the folder {posts}"
    click.echo(
        f"Wrote {path}: the posts are looked for in {safe(where)}. Change that line if they live elsewhere."
    )
    if above is not None:
        click.echo(f"From here on it stands in place of {safe(str(above))}.")
    if _has_hook(Path(".pre-commit-config.yaml")):
        click.echo("The hook is in .pre-commit-config.yaml already.")
        return
    click.echo(
        "\nTo check every commit, put this into .pre-commit-config.yaml, then run `pre-commit install`:\n"
    )
    click.echo(HOOK, nl=False)


def _has_hook(path: Path) -> bool:
    try:
        return "id: postlint" in path.read_text("utf-8", errors="replace")
    except OSError:
        return False


@click.command()
@click.argument("name", type=click.Choice(("config", "rule", "post", "finding", "score")))
def schema(name: str) -> None:
    """Print a JSON Schema: of .postlint.yaml, a rule or a post's front matter, for completion in an editor; or of the
    findings and scores that are written as JSON."""
    from linter.schema import schema as made

    click.echo(json.dumps(made(name), indent=1, ensure_ascii=False))
