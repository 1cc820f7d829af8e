"""`postlint try` and `postlint diff`: rules over posts, while they are being written and after they are changed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linter.commands.shared import (
    Reading,
    changes_lines,
    counted,
    mistakes_shown,
    style_here,
    totals,
    workspace_of,
)
from linter.finding import Finding
from linter.formats import FORMATS
from linter.formats.format import Style, first_line, safe

if TYPE_CHECKING:
    from linter.engine import Linter


@click.command("try")
@click.argument("rule_file", type=click.Path(path_type=Path))
@click.argument("posts", nargs=-1, required=True)
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    metavar="N",
    help="Show so many hits; all are counted.",
)
def try_(rule_file: Path, posts: tuple[str, ...], limit: int) -> None:
    """Show what one rule would say of posts, while it is being written.

    RULE_FILE needs no more than its `check` yet. POSTS are drafts, folders of them, .jsonl, .csv or - for standard input.
    """  # fmt: skip
    from linter.comparing import rules_in_the_making
    from linter.engine import Linter

    with mistakes_shown():
        linter = Linter(rules_in_the_making(rule_file))
        reading = Reading(workspace_of({}), posts)
        tried = _Tried(linter, reading, limit)
        for piece in FORMATS["text"](tried, style_here()):
            click.echo(piece, nl=False, color=True)
    for line in tried.summary():
        click.echo(line)
    sys.exit(reading.status)


_ENOUGH_FOR_A_RATE = 100
_BESIDE = 40


class _Tried:
    """The first hits of a trial, all of them counted."""

    def __init__(self, linter: Linter, posts: Reading, limit: int) -> None:
        self._linter = linter
        self._posts = posts
        self._limit = limit
        self._hits = self._with_hits = self._heard = 0

    def __iter__(self) -> Iterator[Finding]:
        for post in self._posts:
            found = self._linter.check(post)
            self._heard += bool(self._linter.applicable(post.context))
            self._with_hits += bool(found)
            for finding in found:
                self._hits += 1
                if self._hits <= self._limit:
                    yield replace(finding, suggestion="")

    def summary(self) -> Iterator[str]:
        """How many hits, how often, and whether `where` let the rule speak at all."""
        posts = self._posts.posts
        rate = f" ({1_000 * self._hits / posts:.1f} per 1,000)" if posts >= _ENOUGH_FOR_A_RATE else ""
        yield f"{counted(self._hits, 'hit')} in {self._with_hits:,} of {counted(posts, 'post')}{rate}."
        if self._hits > self._limit:
            yield f"The first {self._limit:,} are shown; --limit shows more."
        if self._heard < posts:
            held = f"held for {self._heard:,} of them" if self._heard else "held for none of them"
            yield f"The rule's `where` {held}: what is not known of a post silences a rule."


@click.command()
@click.argument("old")
@click.argument("new")
@click.argument("posts", nargs=-1, required=True)
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=3,
    show_default=True,
    metavar="N",
    help="Show so many posts for each rule and change.",
)
def diff(old: str, new: str, posts: tuple[str, ...], limit: int) -> None:
    """Compare what two sets of rules say of the same posts.

    OLD and NEW are rule files, folders of rules, or the word `packaged`. Findings that are gone, new, or at another
    level are counted by rule, with a few posts each.
    """
    from linter.comparing import difference, rule_set
    from linter.engine import Linter

    with mistakes_shown():
        reading = Reading(workspace_of({}), posts)
        found = difference(Linter(rule_set(old)), Linter(rule_set(new)), reading, limit)
    for line in changes_lines(found, partial(_line, style=style_here())):
        click.echo(line, color=True)
    click.echo(f"{counted(reading.posts, 'post')}: {totals(found)}.")
    sys.exit(reading.status)


def _line(finding: Finding, style: Style) -> str:
    """Where a finding stands, and what is said around its words, which are marked."""
    post = finding.post
    missing = finding.span.start == finding.span.end
    span = first_line(post) if missing else finding.span
    line, _, _ = post.place(span.start)
    before, after = (
        post.text[max(span.start - _BESIDE, 0) : span.start],
        post.text[span.end : span.end + _BESIDE],
    )
    said = safe(post.words(span)[:80])
    words = click.style(said, underline=True) if style.colour else f"[{said}]"
    place = f"    {safe(post.source.path)}:{line}: {finding.level}: "
    return f"{place}{_on_one_line(before)}{words}{_on_one_line(after)}"


def _on_one_line(text: str) -> str:
    return safe(re.sub(r"\s+", " ", text))
