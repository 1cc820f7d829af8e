"""What commands over past posts need: options that say what their sources are, and a page drawn of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click


def _pairs(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    from linter.errors import nearest
    from linter.post_keys import KEYS

    pairs = [pair.strip() for value in values for pair in value.split(",") if pair.strip()]
    if wrong := [pair for pair in pairs if "=" not in pair]:
        raise click.BadParameter(f"`{wrong[0]}` is no pair such as text=Message")
    found = dict(pair.split("=", 1) for pair in pairs)
    if wrong := [key for key in found if key not in KEYS]:
        raise click.BadParameter(f"`{wrong[0]}` is no key of a post{nearest(wrong[0], KEYS)}")
    return found


def _date_format(_: click.Context, __: click.Parameter, form: str) -> str:
    moment = datetime(2026, 5, 1, 18, 30, tzinfo=UTC)
    try:
        datetime.strptime(moment.strftime(form), form)
    except ValueError as error:
        raise click.BadParameter(f"`{form}` is no format of dates: {error}") from None
    return form


def _kind(_: click.Context, __: click.Parameter, value: str | None) -> str:
    from linter.exports import EXPORTS

    if value and value not in EXPORTS:
        raise click.UsageError(f"--from takes {', '.join(EXPORTS)}; not `{value}`.")
    return value or ""


def source_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what sources are, and which periods a report holds against each other."""
    for option in (
        click.option(
            "--compare", "periods", nargs=2, metavar="PERIOD PERIOD",
            help="Two periods to hold against each other in the report: 2025-01..2025-06 2025-07..2025-12.",
        ),
        click.option(
            "--rooms", "rooms_path", type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="Which groups, links and accounts are which room.",
        ),
        click.option("--date-format", default="", callback=_date_format, metavar="FORMAT", help="How a table writes its dates, such as %d/%m/%Y %H:%M."),
        click.option(
            "--map", "columns", multiple=True, callback=_pairs, metavar="text=Message,…",
            help="Which column is which, for tables.",
        ),
        click.option("--from", "kind", callback=_kind, help="What the sources are, where they are not told by their files."),
    ):  # fmt: skip
        command = option(command)
    return command


_SMALL = 1_000_000
"""Bytes of sources that one process has read before a second one has started: some thousand posts."""


def processes(sources: Iterable[str]) -> int:
    """How many processes to look at sources with, where nobody says: one for small ones, else as many as can work side by side here."""
    from linter.review.request import size

    if size(sources) < _SMALL:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def drawn_anew(options: Mapping[str, Any]) -> str:
    """A report on the sources as they are now, as HTML. Raises MistakesError."""
    from linter.report.writing import Report
    from linter.review.engine import review
    from linter.review.index import Index
    from linter.review.request import request_of

    request = request_of(options)
    with TemporaryDirectory(prefix="postlint-") as folder:
        index = Index(Path(folder, "review"), "", resume=False)
        review(request, index, processes(request.sources))
        report = Report(options["report"], options["periods"])
        for line in index.told():
            report.take(line)
        index.close(finished=True)
    return report.html(request)
