"""`postlint review`: past posts, from the platforms' own exports."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NoReturn

import click

from linter.breaking_off import BreakingOff
from linter.commands.shared import USED_WRONG, counted, mistakes_shown, rule_options
from linter.commands.sources import processes, source_options
from linter.errors import Mistake, MistakesError
from linter.formats.format import safe
from linter.whole_files import is_stream

if TYPE_CHECKING:
    from linter.review.tally import Tally

_A_LINE_EACH = 100_000
_LOCAL = ("resume", "report")
"""Options that Spark's engine does not take."""
_KEPT_THERE = "what is known so far is kept there while a review goes on"


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@source_options
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT:FILE",
    help="Write a record a post: jsonl, csv or parquet; - for standard output. May be given many times.",
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
    from linter.review.on_disk import on_disk
    from linter.review.outputs import read_outputs
    from linter.review.request import request_of
    from linter.review.tally import Tally

    with mistakes_shown():
        if options["engine"] == "spark":
            _by_spark(options)
        outputs, report = read_outputs(options["outputs"], options["sources"]), read_report(options)
        request, tally = request_of(options), Tally()
        beside = _beside(outputs, report)
        place = _place(beside, options["resume"])
        with on_disk(str(place), _KEPT_THERE), _broken_off(place, beside is not None) as ctrl_c:
            index = _index(request, place, options["resume"])
            with _progress(request, ctrl_c) as seen:
                reviewed(request, index, options["jobs"] or processes(request.sources), seen)
            ctrl_c.look()
            _write(index, outputs, options["with_text"], (tally, report) if report else (tally,))
            if report:
                report.write(request)
            index.close(finished=True)
    again = len(options["sources"]) - len(request.sources)
    _end(tally, again, any(output.is_stdout for output in outputs))


def _write(index: Any, outputs: Any, with_text: bool, counts: tuple[Any, ...]) -> None:
    """Write every output. What counts the lines sees them as the first is written, or, where there is none, by themselves."""
    for output in outputs:
        output.write(_posts(index, counts), with_text)
        counts = ()
    if counts:
        deque(_posts(index, counts), maxlen=0)


def _posts(index: Any, counts: tuple[Any, ...]) -> Iterator[Any]:
    for line in index.told():
        for one in counts:
            one.take(line)
        if line.kind == "post":
            yield line


def _end(tally: Tally, again: int, to_stderr: bool = False) -> NoReturn:
    """Say what was seen; `again` is how many sources were given more than once."""
    if again:
        click.echo(f"note: {counted(again, 'source')} given again, and read once", err=True)
    for trouble in tally.troubles():
        click.echo(safe(trouble), err=True)
    for told in tally.summary():
        click.echo(safe(told), err=to_stderr)
    sys.exit(USED_WRONG if tally.unread else 0)


def _by_spark(options: dict[str, Any]) -> NoReturn:
    from linter.review.request import request_of
    from linter.spark.engine import review as reviewed

    if wrong := [name for name in _LOCAL if options[name]]:
        raise click.UsageError(f"--{wrong[0]} is for the local engine; --engine spark does without.")
    forms = [words.partition(":") for words in options["outputs"]]
    if [form for form, _, _ in forms] != ["parquet"] or not forms[0][2]:
        raise click.UsageError("--engine spark writes a folder of Parquet: --output parquet:FOLDER, once.")
    request = request_of(options)
    tally = reviewed(request, forms[0][2], options["jobs"])
    _end(tally, len(options["sources"]) - len(request.sources))


@contextmanager
def _broken_off(place: Path, stays: bool) -> Iterator[BreakingOff]:
    """Say how to go on with a review that a person breaks off."""
    try:
        with BreakingOff() as ctrl_c:
            yield ctrl_c
    except KeyboardInterrupt:
        if stays and place.exists():
            click.echo("\nBroken off. The same command with --resume goes on from here.", err=True)
        raise


def _index(request: Any, path: Path, resume: bool) -> Any:
    """The file that the review is kept in while it goes on."""
    from linter.review.index import Index

    if resume and not path.exists():
        raise MistakesError(
            [Mistake("--resume", None, f"there is no broken-off review here ({path}); run it without")]
        )
    index = Index(path, request.stamp(), resume)
    if index.is_anothers:
        index.close(finished=False)
        reason = f"{path} belongs to other sources, options or rules; run it without --resume to begin anew"
        raise MistakesError([Mistake("--resume", None, reason)])
    return index


def _beside(outputs: Any, report: Any) -> Path | None:
    """The first output that is a file, else the report, else something in this folder; None where all goes to pipes and devices."""
    paths = [output.path for output in outputs] + ([report.path] if report else [])
    return next((path for path in paths if not is_stream(path)), None if paths else Path("postlint"))


def _place(beside: Path | None, resume: bool) -> Path:
    """Where it lies: beside a file, or in a folder that goes with the command."""
    if beside:
        return beside.with_name(f".{beside.name}.review")
    if resume:
        reason = "a review into a pipe or a device leaves nothing to go on with; give it a file, such as jsonl:review.jsonl"
        raise MistakesError([Mistake("--resume", None, reason)])
    folder = click.get_current_context().with_resource(TemporaryDirectory(prefix="postlint-"))
    return Path(folder) / "review"


@contextmanager
def _progress(request: Any, ctrl_c: BreakingOff) -> Iterator[Callable[[int], None]]:
    """A bar with rate and time left on a terminal; elsewhere a line for every hundred thousand records."""
    if sys.stderr.isatty():
        from tqdm import tqdm

        with tqdm(
            total=sum(1 for _ in request.records()), unit=" records", unit_scale=True, leave=False
        ) as bar:

            def drawn(count: int) -> None:
                ctrl_c.look()
                bar.update(min(count, (bar.total or count) - bar.n))

            yield drawn
        return
    done = 0

    def seen(count: int) -> None:
        nonlocal done
        ctrl_c.look()
        if (done + count) // _A_LINE_EACH > done // _A_LINE_EACH:
            click.echo(f"{done + count:,} records", err=True)
        done += count

    yield seen
