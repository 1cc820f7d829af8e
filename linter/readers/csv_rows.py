"""CSV: a row a post, named by the header, read as a stream."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

from linter.errors import Mistake, listed, nearest
from linter.post import Note, Post, Source, Unreadable
from linter.post_keys import near_misses, read_record
from linter.readers.reading import MAX_BYTES, ReadOptions, make_post

_DELIMITERS = ",;\t"
_UNDECODED = "\udc80", "\udcff"


def read_csv(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Post | Unreadable | Note]:
    """A post for each row. A row that does not fit is named by its first line and passed over."""
    csv.field_size_limit(MAX_BYTES)
    lines = TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="")
    try:
        first = lines.readline(MAX_BYTES)
        header = next(csv.reader([first], delimiter=_delimiter(first)), [])
        names = [name.strip().lower() for name in header]
        if fault := _header_fault(names):
            yield Unreadable(path, 1, fault)
            return
        for name, hint in near_misses(names):
            yield Note(path, 1, f"the column `{name}` is not read{hint}")
        rows = csv.reader(lines, delimiter=_delimiter(first))
        for number, row in _numbered(rows, path):
            yield from [row] if isinstance(row, Unreadable) else _posts(names, row, path, number)
    except csv.Error as error:
        yield Unreadable(path, 1, f"the header cannot be read: {error}")
    finally:
        lines.detach()


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def _header_fault(names: list[str]) -> str:
    if "text" not in names:
        found = (
            f"found {listed(name or '(no name)' for name in names)}" if any(names) else "the header is empty"
        )
        hint = next((f"; is `{name}` the one?" for name in names if nearest("text", [name])), "")
        return f"no column named `text`; {found}{hint}"
    twice = sorted({name for name in names if name and names.count(name) > 1})
    return f"the column {listed(twice)} stands there twice" if twice else ""


def _numbered(rows: Iterator[list[str]], path: str) -> Iterator[tuple[int, list[str] | Unreadable]]:
    """Each row with its first physical line, the header's line counted; a broken one as Unreadable."""
    while True:
        first = int(getattr(rows, "line_num", 0)) + 2
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield first, Unreadable(path, first, f"a row that cannot be read: {error}")
            continue
        if row:
            yield first, row


def _posts(names: list[str], row: list[str], path: str, number: int) -> Iterator[Post | Unreadable]:
    if len(row) != len(names):
        yield Unreadable(path, number, f"{len(row)} cells where the header has {len(names)}")
        return
    for cell in row:
        if not cell.isascii() and any(_UNDECODED[0] <= char <= _UNDECODED[1] for char in cell):
            yield Unreadable(path, number, "bytes that are not UTF-8; save the file as UTF-8")
            return
        if "\x00" in cell:
            yield Unreadable(path, number, "a null character; this is no text")
            return
    values = dict(zip(names, row, strict=True))
    mistakes: list[Mistake] = []
    context = read_record(values, path, number, mistakes)
    if mistakes:
        yield from (Unreadable(path, number, mistake.reason) for mistake in mistakes)
        return
    yield make_post(
        values.get("id") or f"{path}:{number}", values["text"], Source(path, number, record=True), context
    )
