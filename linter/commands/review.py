"""`postlint review`: past posts, from the platforms' own exports."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from linter.commands.shared import USED_WRONG, mistakes_shown, rule_options
from linter.commands.sources import processes, source_options
from linter.errors import Mistake, MistakesError
from linter.formats.format import safe

if TYPE_CHECKING:
    from linter.review.tally import Tally

_A_LINE_EACH = 100_000
_LOCAL = ("resume", "report")
"""Options that Spark's engine does not take."""


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@source_options
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT:FILE",
    help="Write a record a post: jsonl, csv or parquet. May be given many times.",
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.html",
    help="Write a page to look at: charts, rooms, posts to learn from.",
)
@click.option("--with-text", is_flag=True, help="Put the posts' words into the records too.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=None,
    help="How many processes look at posts (else as many as there are processors; one for a small source).",
)
@click.option("--resume", is_flag=True, help="Go on with a review that was broken off.")
@click.option(
    "--engine",
    type=click.Choice(("local", "spark")),
    default="local",
    show_default=True,
    help="Here, or by Spark: tables to a folder of Parquet.",
)
@rule_options
def review(**options: Any) -> None:
    """Look at past posts: exports of X, Facebook, LinkedIn, Mastodon and Bluesky, or tables.

    SOURCES are the exports as they were downloaded (a zip, a folder or a file), .jsonl, .csv or .parquet.
    """  # fmt: skip
    from linter.report.writing import read_report
    from linter.review.engine import review as reviewed
    from linter.review.outputs import read_outputs
    from linter.review.request import request_of
    from linter.review.tally import Tally

    with mistakes_shown():
        if options["engine"] == "spark":
            _end(_by_spark(options))
        outputs, report = read_outputs(options["outputs"]), read_report(options)
        request = request_of(options)
        index = _index(request, outputs, options["resume"])
        with _progress(request) as seen:
            reviewed(request, index, options["jobs"] or processes(request.sources), seen)
        tally = Tally()
        for line in index.told():
            tally.take(line)
            if report:
                report.take(line)
        for output in outputs:
            output.write((line for line in index.told() if line.kind == "post"), options["with_text"])
        if report:
            report.write(request)
        index.close(finished=True)
    _end(tally)


def _end(tally: Tally) -> NoReturn:
    for trouble in tally.troubles():
        click.echo(safe(trouble), err=True)
    for told in tally.summary():
        click.echo(safe(told))
    sys.exit(USED_WRONG if tally.unread else 0)


def _by_spark(options: dict[str, Any]) -> Tally:
    from linter.review.request import request_of
    from linter.spark.engine import review as reviewed

    if wrong := [name for name in _LOCAL if options[name]]:
        raise click.UsageError(f"--{wrong[0]} is for the local engine; --engine spark does without.")
    forms = [words.partition(":") for words in options["outputs"]]
    if [form for form, _, _ in forms] != ["parquet"] or not forms[0][2]:
        raise click.UsageError("--engine spark writes a folder of Parquet: --output parquet:FOLDER, once.")
    return reviewed(request_of(options), forms[0][2], options["jobs"])


def _index(request: Any, outputs: Any, resume: bool) -> Any:
    """The file that the review is kept in while it goes on: beside the first output."""
    from linter.review.index import Index

    first = outputs[0].path if outputs else Path("postlint")
    path = first.with_name(f".{first.name}.review")
    if resume and not path.exists():
        raise MistakesError(
            [Mistake("--resume", None, f"there is no broken-off review here ({path}); run it without")]
        )
    index = Index(path, request.stamp(), resume)
    if index.is_anothers:
        reason = f"{path} belongs to other sources, options or rules; run it without --resume to begin anew"
        raise MistakesError([Mistake("--resume", None, reason)])
    return index


@contextmanager
def _progress(request: Any) -> Iterator[Callable[[int], None]]:
    """A bar with rate and time left on a terminal; elsewhere a line for every hundred thousand records."""
    if sys.stderr.isatty():
        from tqdm import tqdm

        with tqdm(
            total=sum(1 for _ in request.records()), unit=" records", unit_scale=True, leave=False
        ) as bar:
            yield lambda count: bar.update(min(count, (bar.total or count) - bar.n)) and None
        return
    done = 0

    def seen(count: int) -> None:
        nonlocal done
        if (done + count) // _A_LINE_EACH > done // _A_LINE_EACH:
            click.echo(f"{done + count:,} records", err=True)
        done += count

    yield seen
