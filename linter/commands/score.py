"""`postlint score`: how each post scores, and why."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import Any

import click

from linter.commands.shared import USED_WRONG, context_options, mistakes_shown, note, posts_of, workspace_of
from linter.errors import Mistake
from linter.formats.format import safe
from linter.formats.json_formats import to_json
from linter.post import Note, Post, Unreadable


@click.command()
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("text", "jsonl")),
    default="text",
    show_default=True,
    help="For people, or one object a post.",
)
@click.option(
    "--explain", "explained", is_flag=True, help="Show what each word adds and how the figure comes about."
)
@context_options
def score(**options: Any) -> None:
    """Show how each post scores, and the words that the scores come from."""
    from linter.account import account
    from linter.analysis import Analysis, phrases_of
    from linter.scored import score_record
    from linter.scores import LEXICONS

    phrases, unusable = phrases_of(LEXICONS), 0
    with mistakes_shown():
        for item, _ in posts_of(workspace_of(options), options["paths"], options["stdin_filename"]):
            if isinstance(item, Note):
                note(item)
            elif isinstance(item, Unreadable):
                unusable += 1
                click.echo(safe(str(Mistake(item.path, item.line, item.reason))), err=True)
            else:
                with closing(Analysis(item, phrases)) as analysis:
                    if options["explained"] and analysis.english and options["format_name"] == "text":
                        click.echo("\n".join((_where(item), *map(safe, account(analysis)))))
                        continue
                    record = score_record(analysis)
                click.echo(
                    to_json(record) if options["format_name"] == "jsonl" else _score_text(item, record)
                )
    sys.exit(USED_WRONG if unusable else 0)


def _where(post: Post) -> str:
    path, line = post.source.path, post.source.line
    return safe(f"{path}:{line}" if post.source.record else path)


def _score_text(post: Post, record: Any) -> str:
    lines = [_where(post)]
    for name, value in record["scores"].items():
        shown = (
            "not English enough to score"
            if record["lang"] != "en" and value is None
            else "-"
            if value is None
            else f"{value:g}"
        )
        words = ", ".join(
            safe(f"“{' '.join(part['text'].split())}” ({part['feature']})")
            for part in record["evidence"].get(name, ())
        )
        lines.append(f"  {name.replace('_', ' '):18}{shown:>7}{'  ' + words if words else ''}")
    return "\n".join(lines)
