"""CSV: a row a post, named by the header, read as a stream."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import TextIOWrapper
from typing import IO, Any, BinaryIO

from linter.errors import Mistake, listed, nearest, shown
from linter.post import Note, Post, Source, Unreadable
from linter.post_keys import from_cells, near_misses, read_record
from linter.readers.reading import MAX_BYTES, NOT_UTF16, UTF16, ReadOptions, make_post, not_utf8

_DELIMITERS = ",;\t"
_UNDECODED = re.compile("[\udc80-\udcff]")
_PLAIN = {
    "unexpected end of data": "a quotation mark opens here and is never closed",
    "'": "a quotation mark inside a quoted cell; write it twice",
    "field larger": "a cell too large; is a quotation mark never closed?",
}


def read_csv(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Post | Unreadable | Note]:
    """A post for each row. A row that does not fit is named by its first line and passed over."""
    csv.field_size_limit(MAX_BYTES)
    lines = TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="")
    try:
        first = lines.readline(MAX_BYTES)
        header = next(csv.reader([first], delimiter=_delimiter(first)), [])
        names = [name.strip().lower() for name in header]
        if fault := NOT_UTF16 if first.startswith(UTF16) else header_fault(names):
            yield Unreadable(path, 1, fault)
            return
        for name, hint in near_misses(names):
            yield Note(path, 1, f"the column `{name}` is not read{hint}")
        rows = csv.reader(_bounded(lines), delimiter=_delimiter(first), strict=True)
        for number, row in _numbered(rows, path):
            yield from [row] if isinstance(row, Unreadable) else _posts(names, row, path, number)
    except csv.Error as error:
        yield Unreadable(path, 1, f"the header cannot be read: {error}")
    finally:
        lines.detach()


def csv_records(
    stream: IO[bytes], path: str, renamed: Callable[[dict[str, Any]], dict[str, Any]]
) -> Iterator[Callable[[], Iterator[Post | Unreadable]]]:
    """Each row, read when it is called; `renamed` gives its cells, by the header's names, our names."""
    csv.field_size_limit(MAX_BYTES)
    lines = TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="")
    try:
        first = lines.readline(MAX_BYTES)
        names = [name.strip() for name in next(csv.reader([first], delimiter=_delimiter(first)), [])]
        if fault := NOT_UTF16 if first.startswith(UTF16) else _lacking(names, renamed):
            yield partial(iter, [Unreadable(path, 1, fault)])
            return
        rows = csv.reader(_bounded(lines), delimiter=_delimiter(first), strict=True)
        for number, row in _numbered(rows, path):
            if isinstance(row, Unreadable):
                yield partial(iter, [row])
            else:
                yield partial(_posts, names, row, path, number, renamed)
    except csv.Error as error:
        yield partial(iter, [Unreadable(path, 1, f"the header cannot be read: {error}")])
    finally:
        lines.detach()


def _bounded(lines: TextIOWrapper) -> Iterator[str]:
    """Lines, the rest of one over the cap left out: what is left of it is too long for a post."""
    while line := lines.readline(MAX_BYTES):
        rest = line
        while len(rest) == MAX_BYTES and not rest.endswith(("\n", "\r")):
            rest = lines.readline(MAX_BYTES)
        yield line


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def header_fault(names: Sequence[str]) -> str:
    """What is amiss with the names of a table's columns, in lower case; nothing where they will do."""
    if "text" not in names:
        found = (
            f"found {listed(shown(name) or '(no name)' for name in names)}"
            if any(names)
            else "the header is empty"
        )
        hint = next((f"; is `{shown(name)}` the one?" for name in names if nearest("text", [name])), "")
        return f"no column named `text`; {found}{hint}"
    twice = sorted({name for name in names if name and names.count(name) > 1})
    return f"the column {listed(twice)} stands there twice" if twice else ""


def _lacking(names: list[str], renamed: Callable[[dict[str, Any]], dict[str, Any]]) -> str:
    """What to say of a header in which no column is the text by any name; else nothing."""
    if "text" in renamed(dict.fromkeys(names, "")):
        return ""
    hint = "; --map text=… says which column holds the words" if any(names) else ""
    return f"{header_fault([name.lower() for name in names])}{hint}"


def _numbered(rows: Iterator[list[str]], path: str) -> Iterator[tuple[int, list[str] | Unreadable]]:
    """Each row with its first physical line, the header's line counted; a broken one as Unreadable."""
    while True:
        first = int(getattr(rows, "line_num", 0)) + 2
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            fault = next(
                (plain for start, plain in _PLAIN.items() if str(error).startswith(start)), str(error)
            )
            yield first, Unreadable(path, first, f"a row that cannot be read: {fault}")
            continue
        if any(cell.strip() for cell in row):
            yield first, row


def _posts(
    names: list[str],
    row: list[str],
    path: str,
    number: int,
    renamed: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> Iterator[Post | Unreadable]:
    if len(row) != len(names):
        yield Unreadable(path, number, f"{len(row)} cells where the header has {len(names)}")
        return
    for cell in row:
        if byte := None if cell.isascii() else _UNDECODED.search(cell):
            yield Unreadable(path, number, not_utf8(ord(byte[0]) - 0xDC00))
            return
        if "\x00" in cell:
            yield Unreadable(path, number, "a null character; this is no text")
            return
    values = from_cells(renamed(dict(zip(names, row, strict=True))))
    if "text" not in values:
        yield Unreadable(path, number, header_fault(names))
        return
    mistakes: list[Mistake] = []
    context = read_record(values, path, number, mistakes)
    if mistakes:
        yield from (Unreadable(path, number, mistake.reason) for mistake in mistakes)
        return
    yield make_post(
        values.get("id") or f"{path}:{number}", values["text"], Source(path, number, record=True), context
    )
