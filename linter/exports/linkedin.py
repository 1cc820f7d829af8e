"""LinkedIn's export: Shares.csv and Comments.csv, which are two dialects of CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from io import TextIOWrapper

from linter.errors import listed
from linter.exports.archive import Archive, UnusableError
from linter.exports.export import (
    Export,
    Options,
    Read,
    Record,
    as_expected,
    from_format,
    in_room,
    post,
    reply,
)
from linter.post import Context, Unreadable
from linter.readers.reading import MAX_BYTES

_SHARES = re.compile(r"(?:^|/)Shares?\.csv$", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:^|/)Comments\.csv$", re.IGNORECASE)
_QUOTED_BREAKS = re.compile(r'"(?:[ \t]*(?:\r\n|\r|\n)[ \t]*")+')
_Reading = Callable[[str, int, dict[str, str]], Iterable[Read]]
_DATES = ("%Y-%m-%d %H:%M:%S %Z", "%Y-%m-%d %H:%M:%S", "%m/%d/%y, %I:%M %p")


def _fits(archive: Archive) -> bool:
    return any(_SHARES.search(name) or _COMMENTS.search(name) for name in archive.names)


def _records(archive: Archive, options: Options) -> Iterator[Record]:
    for name in archive.names:
        if _SHARES.search(name):
            yield from _rows(
                archive, name, ("Date", "ShareCommentary"), partial(_share, options), escape=None
            )
        elif _COMMENTS.search(name):
            yield from _rows(archive, name, ("Date", "Message"), partial(_comment, options), escape="\\")


def _rows(
    archive: Archive, name: str, needed: tuple[str, ...], read: _Reading, escape: str | None
) -> Iterator[Record]:
    place, line = archive.place(name), 1
    try:
        with archive.open(name) as stream:
            csv.field_size_limit(MAX_BYTES)
            lines = TextIOWrapper(stream, "utf-8-sig", errors="replace", newline="")
            rows = csv.DictReader(lines, escapechar=escape, doublequote=escape is None)
            missing = [column for column in needed if column not in (rows.fieldnames or ())]
            if missing:
                yield partial(iter, [Unreadable(place, 1, f"no column named {listed(missing)}")])
                return
            for row in rows:
                first, line = line + 1, rows.line_num
                yield partial(read, place, first, row)
    except (UnusableError, OSError, csv.Error) as error:
        yield partial(iter, [Unreadable(place, line + 1, f"what follows cannot be read: {error}")])


def _date(value: str) -> datetime:
    for form in _DATES[:-1]:
        try:
            return from_format(value, form)
        except ValueError:
            continue
    return from_format(value, _DATES[-1])


def _plain_breaks(commentary: str) -> str:
    """A commentary as it was written: LinkedIn puts every line break in quotation marks of its own."""
    plain = _QUOTED_BREAKS.sub(lambda breaks: breaks[0].replace('"', ""), commentary)
    whole = plain.startswith('"') and plain.endswith('"') and plain.count('"') == 2
    return plain[1:-1] if whole else plain


def _share(options: Options, place: str, line: int, row: dict[str, str]) -> Iterable[Read]:
    found: list[Read] = []
    with as_expected(place, line, found):
        text = _plain_breaks(row["ShareCommentary"])
        url = row.get("ShareLink") or ""
        context = Context(platform="linkedin", author=options.author, time=_date(row["Date"]), url=url)
        found.append(
            post(
                place, line, url, text, in_room(context, options.rooms.room(url, row.get("SharedUrl") or ""))
            )
        )
    return found


def _comment(options: Options, place: str, line: int, row: dict[str, str]) -> Iterable[Read]:
    found: list[Read] = []
    with as_expected(place, line, found):
        link = row.get("Link") or ""
        context = Context(
            platform="linkedin",
            author=options.author,
            time=_date(row["Date"]),
            url=link,
            reply_to=reply(link),
        )
        found.append(post(place, line, "", row["Message"], in_room(context, options.rooms.room(link))))
    return found


LINKEDIN = Export(_fits, _records)
