"""`postlint compare`: what changed between two runs of `postlint review`."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from typing import IO

import click

from linter.commands.shared import (
    USED_WRONG,
    format_option,
    mistakes_shown,
)
from linter.errors import Mistake, MistakesError
from linter.formats.format import safe


@click.command()
@click.argument("first")
@click.argument("second")
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=3,
    show_default=True,
    metavar="N",
    help="Show so many posts for each change.",
)
@format_option
def compare(first: str, second: str, limit: int, format_name: str) -> None:
    """Say what changed between two runs of `postlint review --output jsonl:FILE`.

    FIRST and SECOND are their files, or - for standard input. Posts that are in both, by their ids, are compared one by
    one: findings gone and new, scores that moved. Runs over other posts, such as two months or two accounts, are put
    side by side: how often each rule speaks, and the means of scores.

    Exit status: 0 nothing changed, 1 something did, 2 something could not be read.
    """
    from linter.commands.compared import as_json, in_words
    from linter.review.comparison import compare as compared

    with mistakes_shown(), ExitStack() as files:
        streams = _opened((first, second), files)
        found = compared(streams, (first, second), limit)
    for trouble in found.troubles:
        click.echo(safe(str(Mistake(trouble.path, trouble.line, trouble.reason))), err=True)
    if found.unread > len(found.troubles):
        click.echo(f"… and {found.unread - len(found.troubles):,} more that could not be read.", err=True)
    lines = [json.dumps(as_json(found))] if format_name == "json" else in_words(found, (first, second))
    for line in lines:
        click.echo(line)
    sys.exit(USED_WRONG if found.unread else int(found.changed))


def _opened(paths: tuple[str, str], files: ExitStack) -> tuple[IO[bytes], IO[bytes]]:
    """Both files. Raises MistakesError with all that is amiss with either."""
    streams: list[IO[bytes]] = []
    mistakes: list[Mistake] = []
    for path in paths:
        try:
            streams.append(_stream(path, files))
        except MistakesError as error:
            mistakes += error.mistakes
    if paths == ("-", "-"):
        mistakes.append(Mistake("-", None, "standard input can be one of the two, not both"))
    if mistakes:
        raise MistakesError(mistakes)
    return streams[0], streams[1]


def _stream(path: str, files: ExitStack) -> IO[bytes]:
    if path == "-":
        return sys.stdin.buffer
    if path.lower().endswith((".csv", ".parquet")):
        raise MistakesError([Mistake(path, None, "compare reads JSONL: review with --output jsonl:FILE")])
    try:
        return files.enter_context(open(path, "rb"))
    except OSError as error:
        raise MistakesError([Mistake(path, None, f"cannot be read: {error.strerror}")]) from None
