"""LinkedIn's export: Shares.csv and Comments.csv, which are two dialects of CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from linter.readers.reading import MAX_BYTES, NOT_UTF16, UTF16, not_utf8

_SHARES = re.compile(r"(?:^|/)Shares?\.csv$", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:^|/)Comments\.csv$", re.IGNORECASE)
_QUOTED_BREAKS = re.compile(r'"(?:[ \t]*(?:\r\n|\r|\n)[ \t]*")+')
_UNDECODED = re.compile("[\udc80-\udcff]")
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
    place, line = archive.place(name), 0
    try:
        with archive.open(name) as stream:
            csv.field_size_limit(MAX_BYTES)
            lines = _Lines(TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline=""))
            rows = csv.DictReader(lines, escapechar=escape, doublequote=escape is None)
            if fault := _header_fault(rows.fieldnames or (), needed):
                yield partial(iter, [Unreadable(place, 1, fault)])
                return
            line = rows.line_num
            for row in rows:
                first, line = line + 1, rows.line_num
                fault = lines.fault(escape) or _row_fault(row)
                wrong = partial(iter, [Unreadable(place, first, fault)])
                yield wrong if fault else partial(read, place, first, row)
    except (UnusableError, OSError, csv.Error) as error:
        told = f"what follows cannot be read: {error}" if line else str(error)
        yield partial(iter, [Unreadable(place, line + 1, told)])


class _Lines:
    """Lines as a reader of CSV takes them; those of the present row are remembered."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._row = ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._row += line
        return line

    def fault(self, escape: str | None) -> str:
        """Why the row that was read last is no whole one; then the next one begins."""
        row, self._row = self._row, ""
        marks = (re.sub(r"\\.", "", row) if escape else row).count('"')
        return (
            "a quotation mark opens here and is never closed" if marks % 2 and not row.endswith("\n") else ""
        )


def _header_fault(names: Sequence[str], needed: tuple[str, ...]) -> str:
    if names and names[0].startswith(UTF16):
        return NOT_UTF16
    missing = [column for column in needed if column not in names]
    return f"no column named {listed(missing)}" if missing else ""


def _row_fault(row: dict[str, str]) -> str:
    """Why the cells of a row are not those of a post; nothing, where they are."""
    if None in row or None in row.values():
        return "more or fewer cells than the header has"
    return next(filter(None, map(_undecoded, row.values())), "")


def _undecoded(cell: str) -> str:
    """What to say of a cell with bytes that are no UTF-8; else nothing."""
    byte = None if cell.isascii() else _UNDECODED.search(cell)
    return not_utf8(ord(byte[0]) - 0xDC00) if byte else ""


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
    with as_expected(place, line, found, by_line=True):
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
    with as_expected(place, line, found, by_line=True):
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


LINKEDIN = Export(
    _fits,
    _records,
    "Shares.csv or Comments.csv",
    (
        (
            re.compile(
                r"(?:^|/)(?:Connections|Profile|Positions|Invitations|Registration|Email Addresses)\.csv$"
            ),
            "LinkedIn's export without Shares.csv and Comments.csv; ask for the larger of its two archives",
        ),
    ),
)
